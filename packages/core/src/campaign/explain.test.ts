import { describe, expect, it } from 'vitest';
import { REASONS, type ReasonCode, reasonOf } from '../vocabulary/index.ts';
import { fold } from './evolve.ts';
import { explain } from './explain.ts';
import type { CampaignState } from './state.ts';
import { CAMPAIGN_ENDS, CAMPAIGN_STATES, type CampaignStateName } from './state-name.ts';
import { diceOf } from './testing/dice.ts';
import { newTally, runOrder, WHOLE } from './testing/order.ts';
import { hashOf, signedBy } from './testing/people.ts';
import { fleet, POLICY, START } from './testing/world.ts';
import { waitingFor } from './waiting-for.ts';

const CONTEXT = { now: START, policy: POLICY };
const LATER = START + 40 * 3_600_000;

const SEEN = fold([
  {
    event: {
      kind: 'update.seen',
      campaign: 'c1',
      title: 'openssl for Debian 12',
      updates: [],
      requester: 'ada',
      releasedAt: START,
      firstSeen: START,
    },
    at: START,
    by: 'ada',
    to: 'identified',
  },
]);

function begun(): CampaignState {
  if (SEEN === null) throw new Error('a campaign begins with update.seen');
  return SEEN;
}

/** A campaign that is due, with a plan and assets, in any state. */
function campaign(name: CampaignStateName, members: Partial<CampaignState> = {}): CampaignState {
  const plan = {
    hash: hashOf('plan'),
    waves: 1,
    hosts: 4,
    firstStart: START + 3_600_000,
    notAfter: LATER,
    lastEnd: START + 7_200_000,
    infeasible: [],
    compiledAt: START,
  };
  const end = { why: 'for a time', until: LATER };
  const waves = [{ wave: 1, assets: ['front1'], openedAt: START, closed: { at: START, succeeded: 1, failed: 0 } }];
  return {
    ...begun(),
    name,
    waves,
    assets: fleet('normal'),
    scopeAt: START,
    lane: 'critical',
    due: LATER,
    plan,
    end,
    ...members,
  };
}

/** One sentence: it begins like one, ends once, and says who. */
const ONE_SENTENCE =
  /^\S.*: (?:it clears by itself(?:, or .+ can clear it)?|.+ can clear it)(?:, by \d{4}-\d\d-\d\d \d\d:\d\d UTC)?\.$/;

describe('a campaign that is not over', () => {
  const open: readonly CampaignStateName[] = [...CAMPAIGN_STATES, 'risk-accepted', 'mitigated'];
  it.each(open)('in the state %s says what it waits for, who can clear it, and by when', (name) => {
    const { sentence, reasons } = explain(campaign(name), CONTEXT);

    expect(sentence).toMatch(ONE_SENTENCE);
    expect(sentence).toContain(', by 2026-');
    expect(reasons.length).toBeGreaterThan(0);
    expect(reasons.flatMap(({ clearableBy }) => clearableBy).length).toBeGreaterThan(0);
  });
});

it.each(CAMPAIGN_ENDS)('a campaign that ended as %s says so, or when it opens again', (name) => {
  expect(explain(campaign(name), CONTEXT).sentence).toMatch(
    /^openssl for Debian 12 (?:is|was|concerns) .*\.$|accepted.*by 2026-/,
  );
});

it.each(Object.keys(REASONS) as ReasonCode[])('the reason %s of a room is told in one sentence', (code) => {
  const verdict = { kind: 'wait', waitingOn: [reasonOf(code, 'web1', LATER), reasonOf('due-near', 'web1')] } as const;

  const { sentence } = explain(campaign('deploying'), CONTEXT, verdict);
  expect(sentence).toMatch(ONE_SENTENCE);
  expect(sentence).toContain('(and 1 more)');
});

describe('who speaks', () => {
  it('a fresh verdict before the last one, and that before the campaign itself', () => {
    const old = { kind: 'wait', waitingOn: [reasonOf('wave-soaking', 'wave 1')] } as const;
    const fresh = { kind: 'stop', blockedBy: [reasonOf('failure-limit', '2 of 3')] } as const;
    const state = campaign('deploying', { verdicts: { '6-deployment': old } });

    expect(explain(state, CONTEXT, fresh).reasons).toEqual(fresh.blockedBy);
    expect(explain(state, CONTEXT).reasons).toEqual(old.waitingOn);
    expect(explain(campaign('deploying'), CONTEXT).reasons[0]?.code).toBe('wave-not-open');
  });

  it('nobody but what stopped it, while it stands still', () => {
    const halt = {
      reasons: [reasonOf('campaign-halted', 'eve: smoke')],
      by: 'eve',
      at: START,
      returnTo: 'deploying',
    } as const;
    const verdict = { kind: 'wait', waitingOn: [reasonOf('wave-soaking', 'wave 1')] } as const;

    const { sentence, reasons } = explain(campaign('halted', { halt }), CONTEXT, verdict);
    expect(sentence).toContain('eve: smoke');
    expect(reasons[0]?.clearableBy).toEqual(['change', 'security', 'owner']);
  });

  it('of hosts and of itself by their names, whatever ids a room used', () => {
    const assets = fleet('normal').map((asset) => ({ ...asset, name: `${asset.assetId}.example.org` }));
    const verdict = {
      kind: 'wait',
      waitingOn: [reasonOf('host-silent', 'front1'), reasonOf('test-host-missing', 'c1')],
    } as const;

    const { sentence, reasons } = explain(campaign('deploying', { assets }), CONTEXT, verdict);
    expect(sentence).toContain('front1.example.org');
    expect(reasons.map(({ subject }) => subject)).toEqual(['front1.example.org', 'openssl for Debian 12']);
  });

  it('the seats that are still empty, by name', () => {
    const state = campaign('planned', {
      change: { signed: signedBy('ada'), why: 'CVE', at: START },
      windows: [
        { signed: signedBy('ben'), assets: ['front1', 'front2', 'store2'], at: START },
        { signed: signedBy('fay'), assets: ['store1'], at: START },
      ],
      votes: [signedBy('cem')],
    });

    expect(waitingFor(state, CONTEXT).map(({ code, clearableBy }) => [code, clearableBy])).toEqual([
      ['approval-missing', ['security', 'owner']],
    ]);
  });
});

it('every campaign that any order of events makes can be explained', () => {
  const numbers = diceOf(1);
  for (let order = 0; order < 300; order += 1) {
    const list = Array.from({ length: 60 }, () => numbers.below(2 ** 31));
    runOrder(list, WHOLE, newTally(), (state, now) => {
      const { sentence } = explain(state, { now, policy: POLICY });
      expect(sentence).toMatch(/^\S.*[^.]\.$/);
    });
  }
});
