import { HOUR_MS } from '@patchsteward/core/vocabulary';
import { BAD_HOSTS, figuresOf, MEAN_MAX, P99_MAX, type WavesFigures } from '../waves/figures.ts';
import { playWaves, type WavesPlayed } from '../waves/play-waves.ts';
import type { WavesOptions } from './options.ts';
import type { Voice } from './voice.ts';
import { playAllWaves } from './workers.ts';

/** A release that is good is looked at once in so many runs: it tells less and takes longer. */
const GOOD_EVERY = 25;
/** Fewer are played in this thread: others take longer to start. */
const ALONE_MAX = 5;
const PROGRESS_EVERY_MS = 5_000;
const LINES_MAX = 10;

/** How many hosts a bad release breaks until it is stopped. Exit codes: 0 within the limits, 1 not. */
export async function countWaves(options: WavesOptions, voice: Voice): Promise<number> {
  const began = performance.now();
  const bad = await played(options, options.runs, BAD_HOSTS, voice);
  const good = await played(options, Math.ceil(options.runs / GOOD_EVERY), 0, voice);
  const figures = figuresOf(bad, good);
  const seconds = (performance.now() - began) / 1000;
  if (options.json) voice.say(JSON.stringify({ seed: options.seed, ...figures, seconds }));
  else for (const line of linesOf(figures, options.seed, seconds)) voice.say(line);
  return figures.held ? 0 : 1;
}

async function played(
  { seed, workers }: WavesOptions,
  runs: number,
  badHosts: number,
  voice: Voice,
): Promise<WavesPlayed[]> {
  const all: WavesPlayed[] = [];
  let lastAt = performance.now();
  const onPlayed = (some: readonly WavesPlayed[]): void => {
    all.push(...some);
    if (performance.now() - lastAt < PROGRESS_EVERY_MS) return;
    lastAt = performance.now();
    voice.progress(`${all.length} of ${runs} campaigns of a ${badHosts > 0 ? 'bad' : 'good'} release`);
  };
  if (runs <= ALONE_MAX) for (let run = 0; run < runs; run += 1) onPlayed([await playWaves(seed + run, badHosts)]);
  else await playAllWaves({ seed, runs, badHosts, workers, onPlayed });
  return all.toSorted((one, other) => one.seed - other.seed);
}

function linesOf({ hosts, bad, good, brokenPromises, held }: WavesFigures, seed: number, seconds: number): string[] {
  const { mean, p50, p99, max } = bad;
  return [
    `${bad.runs} campaigns of a release that breaks ${bad.badHosts} of ${hosts} hosts, from seed ${seed}`,
    `  broken hosts: mean ${mean.toFixed(2)} (at most ${MEAN_MAX}), p50 ${p50}, p99 ${p99} (at most ${P99_MAX}), max ${max}`,
    ...Object.entries(bad.counts).map(([broken, runs]) => `${String(runs).padStart(10)}  with ${broken} broken`),
    ...Object.entries(bad.wavesOpened).map(([wave, runs]) => `${String(runs).padStart(10)}  stopped in wave ${wave}`),
    ...some(bad.unstopped, (one) => `  NOT STOPPED: seed ${one}`),
    `${good.runs} campaigns of a good release: ${good.runs - good.unreached.length} reached all ${hosts} hosts`,
    ...some(good.unreached, (one) => `  NOT REACHED BY ALL: seed ${one}`),
    ...Object.entries(good.sizes).map(([sizes, runs]) => `${String(runs).padStart(10)}  with waves of ${sizes}`),
    ...good.medianWaveMs.map(
      (ms, index) => `  wave ${index + 1}: ${(ms / HOUR_MS).toFixed(1)} h in the median, as time goes in the story`,
    ),
    ...some(brokenPromises, (one) => `  seed ${one.seed} BREAKS ${one.promise}: ${one.detail}`),
    `${seconds.toFixed(1)} s; ${held ? 'within the limits' : 'NOT within the limits'}`,
  ];
}

/** More than a person reads stands in the JSON. */
function some<T>(items: readonly T[], line: (item: T) => string): string[] {
  return items.slice(0, LINES_MAX).map(line);
}
