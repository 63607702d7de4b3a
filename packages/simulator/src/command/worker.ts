import { parentPort } from 'node:worker_threads';
import { hunt } from '../planted/hunt.ts';
import { PLANTS } from '../planted/plants.ts';
import { playWaves, type WavesPlayed } from '../waves/play-waves.ts';
import { play } from '../world/play.ts';
import { type Outcome, outcomeOf } from './totals.ts';
import type { Hunt, Order, WavesOrder } from './workers.ts';

// Refusals and broken lines are ordinary here; nobody reads where each was made. It is set for this thread alone.
Error.stackTraceLimit = 0;

parentPort?.on('message', (order: Order | WavesOrder | Hunt) => void perform(order));

function perform(order: Order | WavesOrder | Hunt): Promise<void> {
  if ('plant' in order) return search(order);
  return 'badHosts' in order ? deploy(order) : obey(order);
}

async function deploy({ from, count, badHosts }: WavesOrder): Promise<void> {
  const played: WavesPlayed[] = [];
  for (let seed = from; seed < from + count; seed += 1) played.push(await playWaves(seed, badHosts));
  parentPort?.postMessage(played);
}

async function obey({ from, count, faults }: Order): Promise<void> {
  const outcomes: Outcome[] = [];
  for (let seed = from; seed < from + count; seed += 1) outcomes.push(outcomeOf(await play(seed, { faults })));
  parentPort?.postMessage(outcomes);
}

async function search({ plant, from, count }: Hunt): Promise<void> {
  const planted = PLANTS[plant];
  if (planted === undefined) throw new Error(`there is no planted bug ${plant}`);
  parentPort?.postMessage(await hunt(planted, from, count));
}
