import type { Hunted } from '../planted/hunt.ts';
import { PLANTS } from '../planted/plants.ts';
import type { SimulateOptions } from './options.ts';
import type { Voice } from './voice.ts';
import { huntAll } from './workers.ts';

/** Whether the simulator can see: every planted bug must be found. Exit codes: 0 all of them, 1 one was not. */
export async function findPlanted({ seed, seeds, workers, json }: SimulateOptions, voice: Voice): Promise<number> {
  const found: Hunted[] = [];
  const onHunted = (hunted: Hunted): void => {
    found.push(hunted);
    if (json) voice.progress(`${found.length} of ${PLANTS.length}`);
    else voice.say(lineOf(hunted));
  };
  await huntAll({ plants: PLANTS.length, seed, seeds, workers, onHunted });
  const missed = found.filter(({ stories }) => stories === null);
  if (json) voice.say(JSON.stringify({ seed, seeds, bugs: found }));
  else voice.say(verdictOf(missed, seeds));
  return missed.length === 0 ? 0 : 1;
}

function lineOf({ name, stories, seed, broken }: Hunted): string {
  if (broken === null) return `not found  ${name}`;
  return `${String(stories).padStart(9)}  ${name}: seed ${seed} breaks ${broken.promise}, ${broken.detail}`;
}

function verdictOf(missed: readonly Hunted[], seeds: number): string {
  if (missed.length === 0) return `all ${PLANTS.length} planted bugs were found, each within ${seeds} stories`;
  return `NOT FOUND within ${seeds} stories: ${missed.map(({ name }) => name).join('; ')}`;
}
