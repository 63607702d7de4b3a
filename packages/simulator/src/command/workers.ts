import { Worker } from 'node:worker_threads';
import type { Fault } from '../world/faults.ts';
import type { Outcome } from './totals.ts';

/** Small enough that a story that broke something is told soon, large enough that nobody waits for orders. */
const CHUNK_SEEDS = 20;

export interface Order {
  readonly from: number;
  readonly count: number;
  readonly faults: readonly Fault[];
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

function employ(take: () => Order | null, onOutcomes: Crew['onOutcomes']): Promise<void> {
  const worker = new Worker(new URL('./worker.ts', import.meta.url));
  return new Promise((resolve, reject) => {
    const giveOrder = (): void => {
      const order = take();
      if (order === null) void worker.terminate().then(() => resolve());
      else worker.postMessage(order);
    };
    // Only worker.ts sends them.
    worker.on('message', (outcomes: readonly Outcome[]) => {
      onOutcomes(outcomes);
      giveOrder();
    });
    worker.on('error', reject);
    giveOrder();
  });
}
