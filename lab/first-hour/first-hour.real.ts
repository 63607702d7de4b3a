import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { GUIDE } from './clone.ts';
import { Follower } from './follow.ts';
import { readGuide } from './guide.ts';
import { assertPossible } from './run.ts';
import { Scene } from './scene.ts';

const FOLDER = `/var/tmp/pslab-hour-${process.pid}`;
const told: string[] = [];
let output = '';
let scene: Scene;
let arrived = false;

beforeAll(async () => {
  await assertPossible(FOLDER);
  output = await mkdtemp(join(tmpdir(), 'patchsteward-first-hour-'));
  scene = await Scene.open({ folder: FOLDER, output, say: (line) => void told.push(line) });
});

afterAll(async () => {
  await scene?.close();
  // What was told and logged is of use only where somebody did not arrive.
  if (arrived) await rm(output, { recursive: true, force: true });
  else process.stderr.write(`${told.join('\n')}\nlogs: ${output}\n`);
});

it('whoever follows the guide word by word arrives at an approved and deployed update', async () => {
  const blocks = readGuide(await readFile(GUIDE, 'utf8'));
  const follower = new Follower(scene, (line) => void told.push(line));

  await follower.follow(blocks);

  arrived = true;
  expect(follower.followed.blocks).toBeGreaterThan(40);
  expect(follower.followed.sights).toBeGreaterThan(30);
});
