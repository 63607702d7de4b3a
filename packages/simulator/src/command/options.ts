import { availableParallelism } from 'node:os';
import { parseArgs } from 'node:util';
import { FAULTS, type Fault, isFault } from '../world/faults.ts';

export interface SimulateOptions {
  readonly seeds: number;
  readonly seed: number;
  readonly faults: readonly Fault[];
  readonly workers: number;
  readonly json: boolean;
  /** Looks for the bugs that are planted, instead. */
  readonly planted: boolean;
  /** The whole story of each seed, and not only of one that broke something. */
  readonly story: boolean;
}

/** Campaigns of fifty hosts instead of stories. */
export interface WavesOptions {
  readonly runs: number;
  readonly seed: number;
  readonly workers: number;
  readonly json: boolean;
}

export const USAGE = `Plays seeded stories of servers, hosts and people in which things go wrong, and looks whether every promise holds.

  npm run simulate -- --seeds N [--seed S] [--faults a,b] [--workers W] [--story] [--json]
  npm run simulate -- --planted [--seeds N] [--seed S] [--workers W] [--json]
  npm run simulate -- --waves [--runs N] [--seed S] [--workers W] [--json]

  --seeds N     so many stories (100)
  --seed S      the first of them (1); the same seed is the same story on every machine
  --faults a,b  only these can happen; "none": none. All: ${FAULTS.join(', ')}
  --workers W   beside each other (one for each core)
  --story       tells every story
  --planted     puts known bugs into the engine, one at a time, and plays until each is found, at most N stories (20000)
  --waves       campaigns of 50 hosts by the default policy of the standard lane, of a release that breaks 15 of them:
                how many are broken when it has stopped; and, once in 25, of a good release that must reach all
  --runs N      of --waves: so many campaigns (100)
  --json        the result as JSON

  npm run simulate -- --seeds 1000
  npm run simulate -- --seed 4711 --seeds 1 --story
  npm run simulate -- --planted
  npm run simulate -- --waves --runs 5000

0: everything held, every planted bug was found, or no more was broken than may be. 1: a promise was broken, and its story is told, a bug was not found, or more was broken. 2: the command is not understood.`;

const SEEDS_MAX = 100_000_000;
const RUNS_MAX = 1_000_000;
/** What only stories take. */
const OF_STORIES = ['seeds', 'faults', 'story', 'planted'] as const;
const WORKERS_MAX = 64;
const PLANTED_SEEDS = '20000';

/** A text: what is wrong with the command. */
export function optionsOf(given: readonly string[]): SimulateOptions | WavesOptions | string {
  const read = argumentsOf(given);
  if (typeof read === 'string') return read;
  if (read.waves === true) return wavesOf(read);
  if (read.runs !== undefined) return '--runs goes with --waves alone';
  const { seed = '1', faults, workers, json = false, story = false, planted = false } = read;
  const { seeds = planted ? PLANTED_SEEDS : '100' } = read;
  const numbers = { seeds: Number(seeds), seed: Number(seed), workers: Number(workers ?? availableParallelism()) };
  if (!isCount(numbers.seeds, SEEDS_MAX)) return `--seeds takes a number from 1 to ${SEEDS_MAX}, not ${seeds}`;
  const refused = numbersRefused({ seed, workers }, numbers);
  if (refused !== null) return refused;
  const wanted = faults === undefined ? [...FAULTS] : faults.split(',').filter((name) => name !== 'none');
  const strange = wanted.find((name) => !isFault(name));
  if (strange !== undefined) return `--faults knows no ${strange}`;
  return { ...numbers, faults: wanted.filter(isFault), json, story, planted };
}

function wavesOf(read: Exclude<ReturnType<typeof argumentsOf>, string>): WavesOptions | string {
  const strange = OF_STORIES.find((name) => read[name] !== undefined);
  if (strange !== undefined) return `--waves takes no --${strange}`;
  const { runs = '100', seed = '1', workers, json = false } = read;
  const numbers = { runs: Number(runs), seed: Number(seed), workers: Number(workers ?? availableParallelism()) };
  if (!isCount(numbers.runs, RUNS_MAX)) return `--runs takes a number from 1 to ${RUNS_MAX}, not ${runs}`;
  return numbersRefused({ seed, workers }, numbers) ?? { ...numbers, json };
}

function argumentsOf(given: readonly string[]) {
  try {
    return parseArgs({
      args: [...given],
      options: {
        seeds: { type: 'string' },
        seed: { type: 'string' },
        faults: { type: 'string' },
        workers: { type: 'string' },
        json: { type: 'boolean' },
        story: { type: 'boolean' },
        planted: { type: 'boolean' },
        waves: { type: 'boolean' },
        runs: { type: 'string' },
      },
    }).values;
  } catch (error) {
    // What it says is for the person who typed it, and nothing is decided by it.
    if (error instanceof TypeError) return error.message;
    throw error;
  }
}

function numbersRefused(
  given: { readonly seed: string; readonly workers: string | undefined },
  { seed, workers }: { readonly seed: number; readonly workers: number },
): string | null {
  if (!isCount(seed, Number.MAX_SAFE_INTEGER - SEEDS_MAX)) return `--seed takes a number from 1 on, not ${given.seed}`;
  if (isCount(workers, WORKERS_MAX)) return null;
  return `--workers takes a number from 1 to ${WORKERS_MAX}, not ${given.workers}`;
}

function isCount(value: number, most: number): boolean {
  return Number.isSafeInteger(value) && value >= 1 && value <= most;
}
