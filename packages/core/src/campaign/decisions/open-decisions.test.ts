import { describe, expect, it } from 'vitest';
import { HOUR_MS, type Reason, reasonOf } from '../../vocabulary/index.ts';
import type { CampaignState } from '../state.ts';
import { CAMPAIGN_ENDS, CAMPAIGN_STATES, type CampaignStateName } from '../state-name.ts';
import { hashOf, PEOPLE, ROLES_OF, signedBy } from '../testing/people.ts';
import { campaignIn, PLAN } from '../testing/planned.ts';
import { POLICY, START } from '../testing/world.ts';
import type { Decider } from './decider.ts';
import { openDecisions } from './open-decisions.ts';
import type { RollbackPlan } from './plan-acts.ts';

const CONTEXT = { now: START, policy: POLICY, rollback: null };
const TRIAL = { plan: hashOf('test'), started: null, verdict: null, accepted: [], debt: null } as const;
const BEN = signedBy('ben');
const CEM = signedBy('cem');
const ALL = ['front1', 'front2', 'store1', 'store2'];

function decider(person: string, given: Partial<Decider> = {}): Decider {
  return { person, roles: ROLES_OF[person] ?? [], keyClasses: ['cli', 'console'], said: [], ...given };
}

/** `approve`, or `approve (why not)`. */
function asked(state: CampaignState, who: Decider, rollback: RollbackPlan | null = null): string[] {
  return openDecisions(state, who, { ...CONTEXT, rollback }).map(({ kind, barred }) =>
    barred === null ? kind : `${kind} (${barred.code})`,
  );
}

const INCONCLUSIVE = {
  ...TRIAL,
  started: { signed: signedBy('eve'), at: START },
  verdict: { result: 'inconclusive' as const, report: hashOf('report'), reasons: [], at: START },
};
const failed = (code: Reason['code']): Partial<CampaignState> => ({
  authenticity: { kind: 'failed', reasons: [reasonOf(code, 'openssl')], at: START },
});
const interrupted = { reasons: [], by: 'ada', at: START, returnTo: 'deploying' as const };
const BARE: Partial<CampaignState> = {
  backup: {
    proofs: [],
    missing: [reasonOf('backup-missing', 'front1'), reasonOf('backup-stale', 'store1')],
    at: START,
  },
};
const EVERYBODY_AGREED = [
  { signed: signedBy('ben'), assets: ALL, at: START },
  { signed: signedBy('fay'), assets: ALL, at: START },
];

describe('what waits for a person', () => {
  it.each<[string, string, CampaignStateName, Partial<CampaignState>, readonly string[]]>([
    ['an assessment of the risk', 'eve', 'identified', {}, ['assess-risk']],
    ['and of nobody else', 'cem', 'identified', {}, []],
    ['files in quarantine', 'dot', 'quarantined', failed('origin-unreachable'), ['release-files']],
    [
      'never bytes that differ',
      'dot',
      'quarantined',
      failed('hash-mismatch'),
      ['release-files (mismatch-never-released)'],
    ],
    ['a test that waits for IT', 'eve', 'authentic', { trial: TRIAL }, ['sign-test']],
    ['which the requester may sign', 'ada', 'authentic', { trial: TRIAL }, ['sign-test']],
    ['a test without a plan', 'eve', 'authentic', {}, []],
    ['a test that says nothing', 'eve', 'authentic', { trial: INCONCLUSIVE }, ['accept-test']],
    ['to the owner as well', 'ben', 'authentic', { trial: INCONCLUSIVE }, ['accept-test']],
    ['and to nobody else', 'cem', 'authentic', { trial: INCONCLUSIVE }, []],
    ['backups that IT can make', 'eve', 'tested', BARE, ['cover-backups']],
    ['or the owner can waive', 'ben', 'tested', BARE, ['cover-backups']],
    [
      'the request of the requester',
      'ada',
      'planned',
      { change: null, windows: EVERYBODY_AGREED },
      ['request-change', 'approve (requester-never-approves)'],
    ],
    ['a vote that comes before the request', 'cem', 'planned', { change: null }, ['approve (change-not-requested)']],
    ['a window and a vote', 'ben', 'planned', {}, ['agree-window', 'approve']],
    ['a window of an owner who asked', 'ada', 'planned', {}, ['agree-window', 'approve (requester-never-approves)']],
    ['a vote', 'cem', 'planned', {}, ['approve']],
    ['no vote where the seat is taken', 'gus', 'planned', { votes: [CEM, BEN], windows: EVERYBODY_AGREED }, []],
    ['the other seat', 'gus', 'planned', { votes: [CEM], windows: EVERYBODY_AGREED }, ['approve']],
    ['a second vote of the same person', 'cem', 'planned', { votes: [CEM] }, ['approve (already-signed)']],
    ['nothing for who has no seat', 'eve', 'planned', {}, []],
    ['a pause', 'cem', 'paused', { pause: interrupted, votes: [CEM, BEN] }, ['resume']],
    [
      'a pause because a vote was taken back',
      'fay',
      'paused',
      { pause: interrupted, votes: [CEM], windows: EVERYBODY_AGREED },
      ['approve', 'resume (approval-missing)'],
    ],
    ['a halt, never to the requester', 'ada', 'halted', { halt: interrupted }, ['resume (requester-never-approves)']],
    ['an audit', 'eve', 'audited', {}, ['audit']],
    ['an audit that is signed', 'eve', 'audited', { audits: [signedBy('eve')] }, ['audit (already-signed)']],
    ['the other signature of an audit', 'dot', 'audited', { audits: [signedBy('eve')] }, ['audit']],
    ['no audit of whoever has the other role', 'cem', 'audited', {}, []],
  ])('%s: %s, %s', (_, person, name, members, expected) => {
    expect(asked(campaignIn(name, members), decider(person))).toEqual(expected);
  });

  it.each(CAMPAIGN_ENDS)('is nothing once it is %s', (name) => {
    for (const person of PEOPLE) expect(asked(campaignIn(name), decider(person))).toEqual([]);
  });

  it.each(CAMPAIGN_STATES)('in the state %s is named by a reason of its own', (name) => {
    for (const person of PEOPLE) {
      for (const { waiting, as } of openDecisions(campaignIn(name), decider(person), CONTEXT)) {
        expect(waiting.clearableBy.length).toBeGreaterThan(0);
        expect(as.length).toBeGreaterThan(0);
      }
    }
  });
});

describe('keys', () => {
  const planned = campaignIn('planned', { windows: EVERYBODY_AGREED });

  it('nobody decides who is not in the trust root', () => {
    expect(asked(planned, decider('cem', { keyClasses: [] }))).toEqual(['approve (key-not-in-root)']);
    expect(asked(campaignIn('identified'), decider('eve', { keyClasses: [] }))).toEqual([
      'assess-risk (key-not-in-root)',
    ]);
  });

  it('what keeps them for other reasons is said before', () => {
    expect(asked(planned, decider('ada', { keyClasses: [] }))).toEqual(['approve (requester-never-approves)']);
  });

  it('with every seat taken on the console, only a key of the command line helps', () => {
    const votes = [signedBy('cem', 'console'), signedBy('dot', 'console')];
    const state = campaignIn('planned', { votes, windows: EVERYBODY_AGREED });
    expect(asked(state, decider('fay'))).toEqual(['approve']);
    expect(asked(state, decider('fay', { keyClasses: ['console'] }))).toEqual(['approve (cli-signature-missing)']);
    expect(asked(state, decider('cem'))).toEqual(['approve']);
    expect(asked(state, decider('cem', { keyClasses: ['console'] }))).toEqual(['approve (already-signed)']);
  });
});

it('a word that waits for others is not asked for twice', () => {
  const state = campaignIn('quarantined', failed('origin-unreachable'));
  expect(asked(state, decider('dot', { said: ['auth.released'] }))).toEqual(['release-files (already-signed)']);
});

it('an owner is asked about what is theirs and not agreed yet', () => {
  const state = campaignIn('planned', { windows: [{ signed: BEN, assets: ['front1'], at: START }] });
  const [agreement] = openDecisions(state, decider('ben'), CONTEXT);
  // front2 has no owner, so that any owner speaks for it; store1 is Fay's.
  expect(agreement).toMatchObject({ kind: 'agree-window', plan: PLAN, assets: ['front2', 'store2'], as: ['owner'] });
});

it("a plan whose authority is over is nobody's decision", () => {
  const late = { ...CONTEXT, now: START + 41 * HOUR_MS };
  expect(openDecisions(campaignIn('planned'), decider('cem'), late)).toMatchObject([
    { barred: { code: 'plan-expired' } },
  ]);
});

describe('the way back', () => {
  const rollback = {
    ...{ plan: hashOf('back'), notAfter: START + HOUR_MS, requested: false, votes: [] },
    rules: [POLICY.lanes.critical.approvals.normal, { seats: [['security'], ['change', 'owner']], cliSignatures: 1 }],
  } as const satisfies RollbackPlan;
  const state = campaignIn('rolling-back');

  it.each<[string, string, RollbackPlan | null, readonly string[]]>([
    [
      'waits for the requester',
      'ada',
      rollback,
      ['request-rollback-plan', 'approve-rollback (requester-never-approves)'],
    ],
    ['who signs once', 'ada', { ...rollback, requested: true }, ['approve-rollback (requester-never-approves)']],
    ['waits for votes', 'dot', rollback, ['approve-rollback']],
    ['of people who count', 'eve', rollback, []],
    ['once each', 'dot', { ...rollback, votes: [signedBy('dot')] }, []],
    ['until it is over', 'cem', { ...rollback, notAfter: START }, ['approve-rollback (plan-expired)']],
    ['and for nobody while it is compiled', 'cem', null, []],
  ])('%s: %s', (_, person, given, expected) => {
    expect(asked(state, decider(person, { keyClasses: ['cli'] }), given)).toEqual(expected);
  });
});
