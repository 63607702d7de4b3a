import { describe, expect, it } from 'vitest';
import { DEFAULT_POLICY } from '../policy/index.ts';
import { HOUR_MS } from '../vocabulary/index.ts';
import type { CampaignEvent } from './event.ts';
import type { CampaignState } from './state.ts';
import { step } from './step.ts';
import { hashOf, signedBy } from './testing/people.ts';
import { campaignIn, PLAN } from './testing/planned.ts';
import { START } from './testing/world.ts';

const NIGHT = START + 2 * HOUR_MS;
const OVER = START + 41 * HOUR_MS;
const DONE = OVER + HOUR_MS;
const FIRST = { wave: 1, assets: ['front1'], openedAt: NIGHT, closed: { at: NIGHT + 1, succeeded: 1, failed: 0 } };
const SECOND = { wave: 2, assets: ['front2'], openedAt: NIGHT + 2, closed: null };
const DEPLOYED = campaignIn('deploying', { deployed: true, waves: [FIRST, SECOND], votes: [signedBy('cem')] });
const LATER = hashOf('later');
const NOTHING_LEFT = { kind: 'deployment.done', succeeded: 1, failed: 0 } as const;

function stepped(state: CampaignState, event: CampaignEvent, now: number) {
  const next = step(state, event, { now, policy: DEFAULT_POLICY, by: 'system' });
  if ('refused' in next) throw new Error(next.refused.code);
  return next;
}

/** The authority of the plan ended while its second wave was open, and somebody resumed. */
function replanning(): CampaignState {
  const paused = stepped(DEPLOYED, { kind: 'timer.fired', timer: 'authority-over' }, OVER).state;
  return stepped(paused, { kind: 'resume', signed: signedBy('cem'), why: 'seen' }, OVER).state;
}

describe('a plan that was thrown away after its first wave, with nothing left to plan', () => {
  it('is what the campaign watches from then on, with the signatures that it had', () => {
    const before = replanning();
    const { state, timers } = stepped(before, NOTHING_LEFT, DONE);

    expect(before).toMatchObject({ name: 'replanning', plan: null, waves: [], votes: [], stalePlans: [PLAN] });
    expect(state).toMatchObject({ name: 'monitoring', stalePlans: [], votes: DEPLOYED.votes, carried: null });
    expect(state.plan).toEqual(DEPLOYED.plan);
    // Watched from now on, for as long as the lane asks.
    expect(state.waves).toEqual([FIRST, { ...SECOND, closed: { at: DONE, succeeded: 1, failed: 0 } }]);
    expect(timers).toEqual([]);
  });

  it('is found behind a later plan that came to nothing', () => {
    const compiled: CampaignEvent = {
      ...{ kind: 'plan.compiled', plan: LATER, planKind: 'production', waves: 1, hosts: 1, infeasible: [] },
      ...{ firstStart: DONE, notAfter: DONE + HOUR_MS, lastEnd: DONE + HOUR_MS },
    };
    const planned = stepped(replanning(), compiled, OVER).state;
    const again = stepped(planned, { kind: 'plan.stale', reasons: [] }, OVER).state;

    expect(stepped(again, NOTHING_LEFT, DONE).state).toMatchObject({ name: 'monitoring', plan: { hash: PLAN } });
  });

  it('is not there where no wave was opened: people take such a campaign back', () => {
    const untouched = stepped(campaignIn('scheduled'), { kind: 'plan.stale', reasons: [] }, NIGHT).state;
    const context = { now: DONE, policy: DEFAULT_POLICY, by: 'system' };

    expect(step(untouched, NOTHING_LEFT, context)).toMatchObject({ refused: { code: 'nothing-deployed' } });
    const withdrawn = { kind: 'campaign.withdrawn', why: 'done by hand', vendor: false } as const;
    expect(stepped(untouched, withdrawn, DONE).state.name).toBe('withdrawn');
  });

  it('waits for a host of which somebody must say what became of it', () => {
    const declared = { as: 'up-verified', signed: signedBy('eve'), why: 'seen' } as const;

    expect(stepped(replanning(), { kind: 'host.declared', assetId: 'front2', ...declared }, OVER).state).toMatchObject({
      name: 'replanning',
      declared: [{ assetId: 'front2' }],
    });
  });
});
