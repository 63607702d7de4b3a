import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { found } from './found.ts';
import { SCENARIOS } from './scenarios.ts';
import { Transcript } from './transcript.ts';
import { World } from './world.ts';

const FOLDER = `/var/tmp/pslab-e2e-${process.pid}`;
const told: string[] = [];
let output = '';
let world: World;

beforeAll(async () => {
  output = await mkdtemp(join(tmpdir(), 'patchsteward-e2e-'));
  const say = (line: string): void => void told.push(line);
  world = await World.open({ folder: FOLDER, output, transcript: new Transcript(say), say });
  await found(world);
});

afterAll(async () => {
  await world?.close();
  const failed = world?.transcript.checks.some(({ held }) => !held) ?? true;
  // What was told and logged is of use only where something went wrong.
  if (failed) process.stderr.write(`${told.join('\n')}\nlogs: ${output}\n`);
  else await rm(output, { recursive: true, force: true });
});

it.each(SCENARIOS)('$name', async ({ tell }) => {
  const before = world.transcript.checks.length;

  await tell(world);

  expect(world.transcript.checks.slice(before).every(({ held }) => held)).toBe(true);
  expect(world.transcript.checks.length).toBeGreaterThan(before);
});
