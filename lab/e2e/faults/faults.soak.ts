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

/** Four hosts with the real agent, a server and its people, and everything that can go wrong with one update. */
describe('faults on real hosts', () => {
  const told: string[] = [];
  let world: World;
  let folder = '';

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'patchsteward-faults-'));
    const transcript = new Transcript((line) => told.push(line));
    const say = (line: string): number => told.push(line);
    world = await World.open({ folder: join(folder, 'lab'), output: join(folder, 'output'), transcript, say });
    await found(world);
    await transcript.step('faults', 'the vendor tells of a weakness', () => importAcmeAdvisory(world));
  });

  afterAll(async () => {
    await world.close();
    await rm(folder, { recursive: true, force: true });
  });

  it.each([
    ['a failing post-install script is taken back in the test ring', failingScript],
    ['what the vendor did not sign as it is, is refused before anything is installed', refused],
    ['a host that is cut off, and one that changed after the approval', longWay],
    ['no agent acts on a replay, a new label or forged approvals', noAgentActs],
  ])('%s', async (_, story) => {
    await story(world);
    expect(world.transcript.steps.at(-1)?.lines.some((line) => line.kind === 'check' && line.held)).toBe(true);
  });
});
