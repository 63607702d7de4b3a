import { describe, expect, it } from 'vitest';
import type { CampaignState } from '../state.ts';
import { hashOf, ROLES_OF, signedBy } from '../testing/people.ts';
import { campaignIn } from '../testing/planned.ts';
import { POLICY, START } from '../testing/world.ts';
import type { Decider } from './decider.ts';
import { planActs } from './plan-acts.ts';

const CONTEXT = { now: START, policy: POLICY, rollback: null };
const AGREED = [{ signed: signedBy('gus'), assets: ['front2'], at: START }];

function decider(person: string, keyClasses: Decider['keyClasses'] = ['cli', 'console']): Decider {
  return { person, roles: ROLES_OF[person] ?? [], keyClasses, said: [] };
}

function acts(state: CampaignState, who: Decider): Record<string, string> {
  const found = planActs(state, 'production', who, CONTEXT);
  return Object.fromEntries(
    found.map(({ act, barred, needed }) => [act, barred?.code ?? (needed ? 'yes' : 'not needed')]),
  );
}

describe('what a person may do about a plan', () => {
  it.each<[string, Partial<CampaignState>, string, Record<string, string>]>([
    ['change management', { windows: AGREED }, 'cem', { approve: 'yes', refuse: 'yes' }],
    ['an owner', { windows: AGREED }, 'ben', { agree: 'yes', approve: 'yes', refuse: 'yes' }],
    [
      'the requester, whatever their roles',
      { windows: AGREED },
      'ada',
      { request: 'already-signed', approve: 'requester-never-approves', refuse: 'requester-never-approves' },
    ],
    [
      'the requester before the request',
      { windows: AGREED, change: null },
      'ada',
      { request: 'yes', approve: 'requester-never-approves', refuse: 'requester-never-approves' },
    ],
    ['others before the request', { change: null }, 'cem', { approve: 'change-not-requested', refuse: 'yes' }],
    ['somebody without a seat', {}, 'eve', { approve: 'signer-lacks-role', refuse: 'signer-lacks-role' }],
    ['whoever voted', { votes: [signedBy('cem')] }, 'cem', { approve: 'already-signed', refuse: 'yes', revoke: 'yes' }],
    [
      'one more than needed',
      { votes: [signedBy('cem'), signedBy('fay')], windows: AGREED },
      'dot',
      { approve: 'not needed', refuse: 'yes' },
    ],
  ])('%s', (_, members, person, expected) => {
    expect(acts(campaignIn('planned', members), decider(person))).toEqual(expected);
  });

  it('nothing counts without a key', () => {
    expect(acts(campaignIn('planned'), decider('cem', []))).toEqual({
      approve: 'key-not-in-root',
      refuse: 'key-not-in-root',
    });
  });

  it('a plan that gave way is past deciding', () => {
    expect(acts(campaignIn('replanning', { windows: AGREED }), decider('cem'))).toEqual({
      approve: 'event-not-listed',
      refuse: 'event-not-listed',
    });
  });
});

it('a vote on the console leaves the signature of the command line to others', () => {
  const vote = planActs(
    campaignIn('planned', { votes: [signedBy('fay', 'console')] }),
    'production',
    decider('cem'),
    CONTEXT,
  );
  const approve = vote.find(({ act }) => act === 'approve');
  expect(approve?.after?.cli).toEqual([]);
  expect(approve?.after?.console.map(({ code }) => code)).toEqual(['cli-signature-missing']);
});

it('a test plan is signed by IT, once', () => {
  const trial = { plan: hashOf('test'), started: null, verdict: null, accepted: [], debt: null };
  const state = campaignIn('authentic', { trial });
  const started = campaignIn('authentic', { trial: { ...trial, started: { signed: signedBy('eve'), at: START } } });
  const codes = [
    planActs(state, 'test', decider('eve'), CONTEXT),
    planActs(state, 'test', decider('cem'), CONTEXT),
    planActs(started, 'test', decider('ivo'), CONTEXT),
  ].map(([only]) => only?.barred?.code ?? 'yes');
  expect(codes).toEqual(['yes', 'signer-lacks-role', 'already-signed']);
});
