import type { Broken } from '../promises/promises.ts';
import { play } from '../world/play.ts';
import type { Plant } from './plants.ts';

export interface Hunted {
  readonly name: string;
  /** How many stories it took; null: it was not found in so many as were allowed. */
  readonly stories: number | null;
  readonly seed: number | null;
  readonly broken: Broken | null;
}

/** Plays with a planted bug until a promise breaks. */
export async function hunt({ name, engine }: Plant, from: number, storiesMax: number): Promise<Hunted> {
  for (let story = 1; story <= storiesMax; story += 1) {
    const seed = from + story - 1;
    const [broken] = (await play(seed, { engine })).broken;
    if (broken !== undefined) return { name, stories: story, seed, broken };
  }
  return { name, stories: null, seed: null, broken: null };
}
