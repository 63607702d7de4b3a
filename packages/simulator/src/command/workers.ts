import { Worker } from 'node:worker_threads';
import type { Hunted } from '../planted/hunt.ts';
import type { WavesPlayed } from '../waves/play-waves.ts';
import type { Fault } from '../world/faults.ts';
import type { Outcome } from './totals.ts';

/** Small enough that a story that broke something is told soon, large enough that nobody waits for orders. */
const CHUNK_SEEDS = 20;
/** A campaign of fifty hosts takes ten times as long. */
const CHUNK_WAVES = 5;

export interface Order {
  readonly from: number;
  readonly count: number;
  readonly faults: readonly Fault[];
}

/** A planted bug, by its place in the list. */
export interface Hunt {
  readonly plant: number;
  readonly from: number;
  readonly count: number;
}

/** Campaigns of fifty hosts, of which the release breaks so many. */
export interface WavesOrder {
  readonly from: number;
  readonly count: number;
  readonly badHosts: number;
}

export interface Crew {
  readonly seed: number;
  readonly seeds: number;
  readonly faults: readonly Fault[];
  readonly workers: number;
  readonly onOutcomes: (outcomes: readonly Outcome[]) => void;
  /** Nothing more is begun. */
  readonly isEnough: () => boolean;
}

/** Hands out ranges of seeds until there are none left. Which thread plays a seed changes nothing of its story. */
export async function playAll(crew: Crew): Promise<void> {
  let next = crew.seed;
  const end = crew.seed + crew.seeds;
  const take = (): Order | null => {
    if (next >= end || crew.isEnough()) return null;
    const order = { from: next, count: Math.min(CHUNK_SEEDS, end - next), faults: crew.faults };
    next += order.count;
    return order;
  };
  await Promise.all(Array.from({ length: crew.workers }, () => employ(take, crew.onOutcomes)));
}

export interface WavesCrew {
  readonly seed: number;
  readonly runs: number;
  readonly badHosts: number;
  readonly workers: number;
  readonly onPlayed: (played: readonly WavesPlayed[]) => void;
}

/** Hands out ranges of seeds, whatever comes of them. */
export async function playAllWaves({ seed, runs, badHosts, workers, onPlayed }: WavesCrew): Promise<void> {
  let next = seed;
  const end = seed + runs;
  const take = (): WavesOrder | null => {
    if (next >= end) return null;
    const order = { from: next, count: Math.min(CHUNK_WAVES, end - next), badHosts };
    next += order.count;
    return order;
  };
  await Promise.all(Array.from({ length: workers }, () => employ(take, onPlayed)));
}

export interface Hunters {
  readonly plants: number;
  readonly seed: number;
  readonly seeds: number;
  readonly workers: number;
  readonly onHunted: (hunted: Hunted) => void;
}

/** Hands out planted bugs, one after the other. */
export async function huntAll({ plants, seed, seeds, workers, onHunted }: Hunters): Promise<void> {
  let next = 0;
  const take = (): Hunt | null => {
    if (next >= plants) return null;
    next += 1;
    return { plant: next - 1, from: seed, count: seeds };
  };
  await Promise.all(Array.from({ length: workers }, () => employ(take, onHunted)));
}

function employ<Answer>(
  take: () => Order | WavesOrder | Hunt | null,
  onAnswer: (answer: Answer) => void,
): Promise<void> {
  const worker = new Worker(new URL('./worker.ts', import.meta.url));
  return new Promise((resolve, reject) => {
    const giveOrder = (): void => {
      const order = take();
      if (order === null) void worker.terminate().then(() => resolve());
      else worker.postMessage(order);
    };
    // Only worker.ts sends them.
    worker.on('message', (answer: Answer) => {
      onAnswer(answer);
      giveOrder();
    });
    worker.on('error', reject);
    giveOrder();
  });
}
