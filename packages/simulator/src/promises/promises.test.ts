import type { JobRecorded, JobReport } from '@patchsteward/core/job';
import type { Leaf } from '@patchsteward/core/plan';
import { expect, test } from 'vitest';
import { HostSim } from '../host/host-sim.ts';
import type { KeptPlan } from '../store/tables.ts';
import { ENGINE } from '../world/engine.ts';
import { FAULTS } from '../world/faults.ts';
import { CAMPAIGN, tokenHash } from '../world/fleet.ts';
import { SWARM } from '../world/scene.ts';
import { World } from '../world/world.ts';

const JOB = tokenHash('job', 1);
const ROLLED_BACK: JobReport = {
  phase: 'rolled-back',
  error: { stage: 'health', package: null, cause: 'unit-not-active' },
  evidence: { before: [], after: [], startedAt: 0, endedAt: 0, outages: [], rebooted: false, log: null },
};

/** Of the first seed whose server is stolen, or is not. */
function worldWith(isStolen: boolean): World {
  for (let seed = 1; ; seed += 1) {
    const world = new World({ seed, scene: SWARM, engine: ENGINE, faults: FAULTS, keepStory: false });
    if (world.faults.wasOn('server-stolen') === isStolen) return world;
  }
}

/** A host departs and takes its plan back, and then a machine departs under the same work order. */
function brokenBy({ isStolen, who }: Case): readonly string[] {
  const world = worldWith(isStolen);
  const { promises } = world;
  const [host] = world.hosts;
  if (host === undefined) throw new Error('there is no host');
  const { assetId } = host;
  const leaf: Leaf = {
    ...{ assetId, ecosystem: 'deb', wave: 1, changes: [], restarts: [], reboot: 'never', intervals: [] },
    ...{ health: { units: [], ports: [], urls: [], watchMs: 0 }, backup: { kind: 'proof', proof: JOB } },
    ...{ rollback: { kind: 'none', why: 'no way' }, rollbackGraceMs: 0 },
  };
  const plan: KeptPlan = {
    ...{ plan: tokenHash('plan', 1), campaign: CAMPAIGN, kind: 'production' },
    ...{ epoch: 1, notAfter: 0, leaves: [leaf] },
  };
  const order = { job: JOB, plan, leaf };
  const copyOf = (name: string): HostSim => {
    const copy = new HostSim(world, assetId, name);
    copy.becomeCopyOf(host);
    return copy;
  };
  const say = (event: JobRecorded['event']): void => promises.onCommit(`job:${JOB}`, { event, at: 0 });

  say({ kind: 'job.queued', plan: plan.plan, assetId, wave: 1, epoch: 1, groups: [] });
  const before = copyOf('copy-before');
  promises.onDeparture(host, order);
  promises.onFinish(host, leaf, ROLLED_BACK);
  say({ kind: 'job.reported', sequence: 1, report: ROLLED_BACK });
  const machines = { itself: host, before, after: copyOf('copy-after') };
  promises.onDeparture(machines[who], order);
  return promises.broken.filter(({ promise }) => promise === 'S14').map(({ detail }) => detail);
}

interface Case {
  readonly isStolen: boolean;
  readonly who: 'itself' | 'before' | 'after';
}

// rollout S14: with a server that lies only machines remember, and each of them what is on its own disk.
test.each<[string, Case, number]>([
  ['the machine itself', { isStolen: true, who: 'itself' }, 1],
  ['a copy that was made afterwards', { isStolen: true, who: 'after' }, 1],
  ['a copy that was made before, which cannot know', { isStolen: true, who: 'before' }, 0],
  ['a copy that was made before, of which the server knows', { isStolen: false, who: 'before' }, 1],
])('what was taken back is taken up again by %s', (_, given, broken) => {
  expect(brokenBy(given)).toHaveLength(broken);
});
