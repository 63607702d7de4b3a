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

export const USAGE = `Plays seeded stories of servers, hosts and people in which things go wrong, and looks whether every promise holds.

  npm run simulate -- --seeds N [--seed S] [--faults a,b] [--workers W] [--story] [--json]
  npm run simulate -- --planted [--seeds N] [--seed S] [--workers W] [--json]

  --seeds N     so many stories (100)
  --seed S      the first of them (1); the same seed is the same story on every machine
  --faults a,b  only these can happen; "none": none. All: ${FAULTS.join(', ')}
  --workers W   beside each other (one for each core)
  --story       tells every story
  --planted     puts known bugs into the engine, one at a time, and plays until each is found, at most N stories (20000)
  --json        the result as JSON

  npm run simulate -- --seeds 1000
  npm run simulate -- --seed 4711 --seeds 1 --story
  npm run simulate -- --planted

0: everything held, or every planted bug was found. 1: a promise was broken, and its story is told, or a bug was not found. 2: the command is not understood.`;

const SEEDS_MAX = 100_000_000;
const WORKERS_MAX = 64;
const PLANTED_SEEDS = '20000';

/** A text: what is wrong with the command. */
export function optionsOf(given: readonly string[]): SimulateOptions | string {
  const read = argumentsOf(given);
  if (typeof read === 'string') return read;
  const { seed = '1', faults, workers, json = false, story = false, planted = false } = read;
  const { seeds = planted ? PLANTED_SEEDS : '100' } = read;
  const numbers = { seeds: Number(seeds), seed: Number(seed), workers: Number(workers ?? availableParallelism()) };
  if (!isCount(numbers.seeds, SEEDS_MAX)) return `--seeds takes a number from 1 to ${SEEDS_MAX}, not ${seeds}`;
  if (!isCount(numbers.seed, Number.MAX_SAFE_INTEGER - SEEDS_MAX))
    return `--seed takes a number from 1 on, not ${seed}`;
  if (!isCount(numbers.workers, WORKERS_MAX))
    return `--workers takes a number from 1 to ${WORKERS_MAX}, not ${workers}`;
  const wanted = faults === undefined ? [...FAULTS] : faults.split(',').filter((name) => name !== 'none');
  const strange = wanted.find((name) => !isFault(name));
  if (strange !== undefined) return `--faults knows no ${strange}`;
  return { ...numbers, faults: wanted.filter(isFault), json, story, planted };
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
      },
    }).values;
  } catch (error) {
    // What it says is for the person who typed it, and nothing is decided by it.
    if (error instanceof TypeError) return error.message;
    throw error;
  }
}

function isCount(value: number, most: number): boolean {
  return Number.isSafeInteger(value) && value >= 1 && value <= most;
}
