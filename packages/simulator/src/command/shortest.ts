import type { Fault } from '../world/faults.ts';
import { type Played, play } from '../world/play.ts';

/**
 * The story that breaks the same promise with the fewest kinds of faults: each is left out in turn, and stays out where
 * the promise breaks without it.
 */
export async function shortestStory(seed: number, faults: readonly Fault[], promise: string): Promise<Shortest> {
  let needed = faults;
  for (const fault of faults) {
    const without = needed.filter((one) => one !== fault);
    if (await breaks(seed, without, promise)) needed = without;
  }
  return { faults: needed, played: await play(seed, { faults: needed, keepStory: true }) };
}

interface Shortest {
  readonly faults: readonly Fault[];
  readonly played: Played;
}

async function breaks(seed: number, faults: readonly Fault[], promise: string): Promise<boolean> {
  return (await play(seed, { faults })).broken.some((one) => one.promise === promise);
}
