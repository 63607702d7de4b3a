import { describe, expect, it } from 'vitest';
import { HOUR_MS, type ReasonCode, reasonOf } from '../../vocabulary/index.ts';
import type { CampaignState } from '../state.ts';
import { PEOPLE, ROLES_OF, signedBy } from '../testing/people.ts';
import { campaignIn } from '../testing/planned.ts';
import { POLICY, START } from '../testing/world.ts';
import type { Decider } from './decider.ts';
import { isOver, needsOf } from './needs.ts';
import { openDecisions } from './open-decisions.ts';

const CONTEXT = { now: START, policy: POLICY, rollback: null };

function decider(person: string, given: Partial<Decider> = {}): Decider {
  return { person, roles: ROLES_OF[person] ?? [], keyClasses: ['cli'], said: [], ...given };
}

function kinds(state: CampaignState, who: Decider, now = START): string[] {
  return needsOf(state, who, { ...CONTEXT, now }).map(({ kind }) => kind);
}

function waiting(code: ReasonCode, by?: number): CampaignState {
  return campaignIn('tested', {
    verdicts: { '4-backup': { kind: 'wait', waitingOn: [reasonOf(code, 'front1', by)] } },
  });
}

describe('a campaign needs', () => {
  it.each<[string, CampaignState, Decider, string[]]>([
    ['whoever may assess the risk', campaignIn('identified', { risk: null }), decider('eve'), ['assess']],
    ['nobody without a role', campaignIn('identified', { risk: null }), decider('zoe', { roles: [] }), []],
    ['an approver', campaignIn('planned'), decider('cem'), ['approve']],
    ['never the requester to approve', campaignIn('planned'), decider('ada', { roles: ['security'] }), []],
    ['nobody who has voted', campaignIn('planned', { votes: [signedBy('cem')] }), decider('cem'), []],
    ['the work that no signature does', waiting('notice-without-recipient'), decider('eve'), ['send-notice']],
    ['work of a kind without a name of its own', waiting('transaction-impossible'), decider('eve'), ['other']],
  ])('%s', (_, state, who, expected) => {
    expect(kinds(state, who)).toEqual(expected);
  });

  it('whoever only lacks a key, whom nothing else keeps from deciding', () => {
    expect(kinds(campaignIn('identified', { risk: null }), decider('eve', { keyClasses: [] }))).toEqual(['assess']);
  });

  it('nobody for what clears by itself, before its time is over', () => {
    const state = waiting('files-not-verified', START + HOUR_MS);

    expect(kinds(state, decider('eve'))).toEqual([]);
    expect(kinds(state, decider('eve'), START + 2 * HOUR_MS)).toEqual(['release-files']);
    expect(isOver(reasonOf('files-not-verified', 'x', START), START + 1)).toBe(true);
  });

  it('says how many hosts are behind one sentence', () => {
    const backups = ['front1', 'front2', 'store1'].map((host) => reasonOf('backup-missing', host));
    const state = campaignIn('tested', { verdicts: { '4-backup': { kind: 'wait', waitingOn: backups } } });

    expect(needsOf(state, decider('eve'), CONTEXT)).toMatchObject([{ kind: 'prove-backup', others: 2 }]);
  });
});

it('asks nobody for a decision that the inbox would not give them', () => {
  for (const name of ['identified', 'authentic', 'planned', 'paused', 'halted', 'audited'] as const) {
    for (const person of PEOPLE) {
      const state = campaignIn(name);
      const own = openDecisions(state, decider(person), CONTEXT).filter(({ barred }) => barred === null);
      const decided = needsOf(state, decider(person), CONTEXT).filter(({ waiting: { code } }) =>
        own.some((decision) => decision.waiting.code === code),
      );

      expect(decided).toHaveLength(own.length);
    }
  }
});
