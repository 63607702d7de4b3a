import { play } from '../world/play.ts';
import type { Told } from '../world/trace.ts';
import { findPlanted } from './find-planted.ts';
import { optionsOf, type SimulateOptions, USAGE } from './options.ts';
import { shortestStory } from './shortest.ts';
import { type Outcome, outcomeOf, Tally, type Totals } from './totals.ts';
import type { Voice } from './voice.ts';
import { countWaves } from './waves.ts';
import { playAll } from './workers.ts';

const PROGRESS_EVERY_MS = 5_000;
/** More than a person reads; what broke stands at the end. */
const LINES_MAX = 300;
/** Fewer are played in this thread: others take longer to start. */
const ALONE_MAX = 5;

/** Exit codes: 0 everything held, 1 a promise was broken, 2 the command is not understood. */
export async function simulate(given: readonly string[], voice: Voice): Promise<number> {
  if (given.includes('--help')) {
    voice.say(USAGE);
    return 0;
  }
  const options = optionsOf(given);
  if (typeof options === 'string') {
    voice.progress(`${options}\n\n${USAGE}`);
    return 2;
  }
  if ('runs' in options) return countWaves(options, voice);
  if (options.planted) return findPlanted(options, voice);
  const began = performance.now();
  const totals = await playThem(options, voice);
  const seconds = (performance.now() - began) / 1000;
  if (options.json) voice.say(JSON.stringify({ ...options, ...totals, seconds }));
  else for (const line of linesOf(totals, seconds, options)) voice.say(line);
  if (!options.json) await tellBroken(totals, options, voice);
  if (!options.json) for (const line of verdictOf(totals)) voice.say(line);
  return totals.broken.length === 0 ? 0 : 1;
}

async function playThem(options: SimulateOptions, voice: Voice): Promise<Totals> {
  const tally = new Tally();
  if (options.story || options.seeds <= ALONE_MAX) {
    for (let seed = options.seed; seed < options.seed + options.seeds; seed += 1) {
      const played = await play(seed, { faults: options.faults, keepStory: options.story });
      if (options.story) for (const told of played.story) voice.say(storyLine(told));
      tally.add(outcomeOf(played));
    }
    return tally.totals();
  }
  const began = performance.now();
  let lastAt = began;
  await playAll({
    ...options,
    onOutcomes: (outcomes: readonly Outcome[]) => {
      for (const outcome of outcomes) tally.add(outcome);
      const now = performance.now();
      if (now - lastAt < PROGRESS_EVERY_MS) return;
      lastAt = now;
      const each = (tally.seeds / ((now - began) / 1000)).toFixed(1);
      voice.progress(`${tally.seeds} of ${options.seeds} stories, ${each} a second, ${tally.broken.length} broken`);
    },
    isEnough: () => tally.broken.length > 0,
  });
  return tally.totals();
}

function linesOf(totals: Totals, seconds: number, { workers }: SimulateOptions): string[] {
  const { seeds, deployed, hosts, events, counts } = totals;
  const share = ((100 * deployed) / Math.max(seeds, 1)).toFixed(1);
  return [
    ...Object.entries(counts).map(([what, count]) => `${String(count).padStart(10)}  ${what}`),
    `${seeds} stories of ${(hosts / Math.max(seeds, 1)).toFixed(1)} hosts and ${Math.round(events / Math.max(seeds, 1))} events; ${share} % deployed`,
    `${(seeds / seconds).toFixed(1)} stories a second, ${(seeds / seconds / workers).toFixed(1)} for each of ${workers} workers, ${seconds.toFixed(1)} s`,
  ];
}

/** The seed, the promise, the shortest story that breaks it, and how to see it again. */
async function tellBroken({ broken }: Totals, { faults }: SimulateOptions, voice: Voice): Promise<void> {
  const [first] = broken;
  const [promise] = first?.broken ?? [];
  if (first === undefined || promise === undefined) return;
  const { faults: needed, played } = await shortestStory(first.seed, faults, promise.promise);
  voice.say(`seed ${first.seed} breaks ${promise.promise}: ${promise.detail}`);
  for (const told of played.story.slice(-LINES_MAX)) voice.say(storyLine(told));
  const names = needed.length === 0 ? 'none' : needed.join(',');
  voice.say(`again: npm run simulate -- --seed ${first.seed} --seeds 1 --faults ${names} --story`);
}

function verdictOf({ digest, seeds, broken }: Totals): string[] {
  const failed = broken.map(({ seed }) => seed).slice(0, 10);
  const verdict =
    broken.length === 0 ? `all promises held in ${seeds} stories` : `BROKEN in seeds ${failed.join(', ')}`;
  return [`digest ${digest}`, verdict];
}

function storyLine({ at, what, who, detail }: Told): string {
  return `${new Date(at).toISOString()} ${what} ${who}${detail === '' ? '' : ` (${detail})`}`;
}
