import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { found } from '../found.ts';
import { Transcript } from '../transcript.ts';
import { World } from '../world.ts';
import { importAcmeAdvisory } from './acme-advisory.ts';
import { failingScript } from './failing-script.ts';
import { longWay } from './long-way.ts';
import { noAgentActs } from './no-agent-acts.ts';
import { refused } from './refused.ts';

const FOLDER = `/var/tmp/pslab-faults-${process.pid}`;
const told: string[] = [];
let output = '';
let world: World;
let finished = 0;

const STORIES = [
  ['a failing post-install script is taken back in the test ring', failingScript],
  ['what the vendor did not sign as it is, is refused before anything is installed', refused],
  ['a host that is cut off, and one that changed after the approval', longWay],
  ['no agent acts on a replay, a new label or forged approvals', noAgentActs],
] as const;

/** Four hosts with the real agent, a server and its people, and everything that can go wrong with one update. */
describe('faults on real hosts', () => {
  beforeAll(async () => {
    output = await mkdtemp(join(tmpdir(), 'patchsteward-faults-'));
    const say = (line: string): void => {
      told.push(line);
      if (process.env['PATCHSTEWARD_TELL'] !== undefined) process.stderr.write(`${line}\n`);
    };
    const transcript = new Transcript(say);
    world = await World.open({ folder: FOLDER, output, transcript, say });
    await found(world);
    await transcript.step('faults', 'the vendor tells of a weakness', () => importAcmeAdvisory(world));
  });

  afterAll(async () => {
    await world?.close();
    // What was told and logged is of use only where something went wrong.
    if (finished < STORIES.length) process.stderr.write(`${told.join('\n')}\nlogs: ${output}\n`);
    else await rm(output, { recursive: true, force: true });
  });

  it.each(STORIES)('%s', async (_, story) => {
    const before = world.transcript.checks.length;

    await story(world);

    expect(world.transcript.checks.slice(before).every(({ held }) => held)).toBe(true);
    expect(world.transcript.checks.length).toBeGreaterThan(before);
    finished += 1;
  });
});
