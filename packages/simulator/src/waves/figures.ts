import type { WavesPlayed } from './play-waves.ts';
import { HOSTS } from './waves-scene.ts';

/** Of the fifty hosts the release breaks so many. */
export const BAD_HOSTS = 15;
/** What may be broken when a campaign has stopped: over all runs, and in 99 of 100. */
export const MEAN_MAX = 3;
export const P99_MAX = 7;

export interface WavesFigures {
  readonly hosts: number;
  readonly bad: {
    readonly runs: number;
    readonly badHosts: number;
    /** Of hosts that the release broke until it stopped. */
    readonly mean: number;
    readonly p50: number;
    readonly p99: number;
    readonly max: number;
    /** In how many runs so many were broken. */
    readonly counts: Readonly<Record<number, number>>;
    /** In how many runs so many waves were opened. */
    readonly wavesOpened: Readonly<Record<number, number>>;
    /** Seeds of runs that did not stop by themselves. */
    readonly unstopped: readonly number[];
  };
  readonly good: {
    readonly runs: number;
    /** Seeds of runs in which it did not reach every host. */
    readonly unreached: readonly number[];
    /** Sizes of the waves of a campaign, and how many campaigns had these. */
    readonly sizes: Readonly<Record<string, number>>;
    /** By number of the wave, from its opening to its end and the watch over it, in the time of the story. */
    readonly medianWaveMs: readonly number[];
  };
  /** Seeds that broke a promise of the engine. */
  readonly brokenPromises: readonly { readonly seed: number; readonly promise: string; readonly detail: string }[];
  readonly held: boolean;
}

export function figuresOf(bad: readonly WavesPlayed[], good: readonly WavesPlayed[]): WavesFigures {
  const broken = bad.map(({ brokenHosts }) => brokenHosts).sort((one, other) => one - other);
  const mean = broken.reduce((sum, one) => sum + one, 0) / Math.max(broken.length, 1);
  const [p50, p99, max] = [share(broken, 0.5), share(broken, 0.99), broken.at(-1) ?? 0];
  const unstopped = seedsOf(bad.filter(({ ended }) => ended !== 'paused'));
  const unreached = seedsOf(good.filter(({ ended, reached }) => ended !== 'monitoring' || reached < HOSTS));
  const brokenPromises = [...bad, ...good].flatMap(({ seed, promises }) =>
    promises.slice(0, 1).map(({ promise, detail }) => ({ seed, promise, detail })),
  );
  const isBounded = bad.length > 0 && mean <= MEAN_MAX && p99 <= P99_MAX && unstopped.length === 0;
  return {
    hosts: HOSTS,
    bad: {
      ...{ runs: bad.length, badHosts: BAD_HOSTS, mean, p50, p99, max, counts: counted(broken), unstopped },
      wavesOpened: counted(bad.map(({ waves }) => waves.length)),
    },
    good: {
      ...{ runs: good.length, unreached, medianWaveMs: mediansOf(good) },
      sizes: counted(good.map(({ waves }) => waves.map(({ hosts }) => hosts).join(' '))),
    },
    brokenPromises,
    held: isBounded && good.length > 0 && unreached.length === 0 && brokenPromises.length === 0,
  };
}

/** The smallest value that this share of all does not exceed. */
function share(sorted: readonly number[], part: number): number {
  return sorted[Math.max(0, Math.ceil(sorted.length * part) - 1)] ?? 0;
}

function mediansOf(good: readonly WavesPlayed[]): number[] {
  const most = good.reduce((count, { waves }) => Math.max(count, waves.length), 0);
  return Array.from({ length: most }, (_, index) => {
    const took = good.flatMap(({ waves }) => waves[index]?.tookMs ?? []);
    return share(
      took.toSorted((one, other) => one - other),
      0.5,
    );
  });
}

function seedsOf(played: readonly WavesPlayed[]): number[] {
  return played.map(({ seed }) => seed);
}

function counted<K extends number | string>(values: readonly K[]): Record<K, number> {
  const counts = new Map<K, number>();
  for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1);
  return Object.fromEntries(counts) as Record<K, number>; // Its keys are the values.
}
