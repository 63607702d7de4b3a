import type { World } from '../world.ts';
import { approve } from './approval.ts';
import { backUp } from './backup.ts';
import { deploy } from './deployment.ts';
import { document } from './documentation.ts';
import { evaluate } from './evaluation.ts';
import { identify } from './identification.ts';
import { Story } from './story.ts';
import { test } from './testing.ts';

/** One genuine security update of Debian walks through all seven rooms. */
export async function onePatch(world: World): Promise<void> {
  const story = await Story.begin(world);
  // As dpkg writes it: hosts of the lab have no other zone.
  const since = new Date().toISOString().slice(0, 19).replace('T', ' ');
  await identify(story);
  await evaluate(story);
  await test(story);
  await backUp(story);
  await approve(story);
  await deploy(story, since);
  await document(story);
}
