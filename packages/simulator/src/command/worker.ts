import { parentPort } from 'node:worker_threads';
import { play } from '../world/play.ts';
import { type Outcome, outcomeOf } from './totals.ts';
import type { Order } from './workers.ts';

// Refusals and broken lines are ordinary here; nobody reads where each was made. It is set for this thread alone.
Error.stackTraceLimit = 0;

parentPort?.on('message', (order: Order) => void obey(order));

async function obey({ from, count, faults }: Order): Promise<void> {
  const outcomes: Outcome[] = [];
  for (let seed = from; seed < from + count; seed += 1) outcomes.push(outcomeOf(await play(seed, { faults })));
  parentPort?.postMessage(outcomes);
}
