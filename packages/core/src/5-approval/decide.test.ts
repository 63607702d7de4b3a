import { describe, expect, it } from 'vitest';
import { DEFAULT_POLICY } from '../policy/index.ts';
import type { Hash, Role, ScopedAsset, SignedBy } from '../vocabulary/index.ts';
import { type ApprovalFacts, decideApproval } from './decide.ts';
import { decideNotice } from './decide-notice.ts';

const RULE = DEFAULT_POLICY.lanes.critical.approvals.high;
const FIRST_START = 1000;

function signed(person: string, roles: readonly Role[], keyClass: SignedBy['keyClass'] = 'cli'): SignedBy {
  // Core takes hashes as opaque.
  return { person, roles, keyClass, statement: 'sha256:statement' as Hash };
}

const BEN = signed('ben', ['owner']);
const CEM = signed('cem', ['change']);
const DOT = signed('dot', ['security']);
const ADA = signed('ada', ['change', 'owner', 'security']);
const WEB1: ScopedAsset = {
  assetId: 'a1',
  name: 'web1',
  criticality: 'high',
  environment: 'production',
  owner: 'ben',
  redundancyGroups: [],
  maintenanceGroup: null,
};

function facts(members: Partial<ApprovalFacts> = {}): ApprovalFacts {
  return {
    subject: 'openssl',
    requester: 'ada',
    plan: { notAfter: 2000, firstStart: FIRST_START },
    changeRequested: true,
    assets: [WEB1],
    agreements: [{ signed: BEN, assets: ['a1'] }],
    votes: [CEM, DOT],
    ...members,
  };
}

describe('a plan is approved', () => {
  it('by everybody the lane asks for', () => {
    expect(decideApproval(facts(), RULE, 0)).toEqual({ kind: 'proceed', value: { approvers: ['cem', 'dot'] } });
  });

  it.each<[string, Partial<ApprovalFacts>, string[], readonly Role[]]>([
    ['without a request', { changeRequested: false }, ['change-not-requested'], ['it']],
    ['while a seat is empty', { votes: [CEM] }, ['approval-missing'], ['security', 'owner']],
    ['by the requester, whatever their roles', { votes: [ADA, DOT] }, ['approval-missing'], ['change']],
    [
      'by one person with two keys',
      { votes: [CEM, { ...CEM, keyClass: 'console' }] },
      ['approval-missing'],
      ['security', 'owner'],
    ],
    [
      'by the console alone',
      { votes: [signed('cem', ['change'], 'console'), signed('dot', ['security'], 'console')] },
      ['cli-signature-missing'],
      ['change', 'owner', 'security'],
    ],
    [
      'by the console and the command line of the requester',
      { votes: [ADA, signed('cem', ['change'], 'console'), signed('dot', ['security'], 'console')] },
      ['cli-signature-missing'],
      ['change', 'owner', 'security'],
    ],
    ['while an owner has not agreed', { agreements: [] }, ['window-not-agreed'], ['owner']],
    [
      'by the agreement of another owner',
      { agreements: [{ signed: signed('fay', ['owner']), assets: ['a1'] }] },
      ['window-not-agreed'],
      ['owner'],
    ],
    [
      'by the agreement of somebody who owns nothing',
      { agreements: [{ signed: signed('ben', ['it']), assets: ['a1'] }] },
      ['window-not-agreed'],
      ['owner'],
    ],
    [
      'by an agreement about another asset',
      { agreements: [{ signed: BEN, assets: ['a2'] }] },
      ['window-not-agreed'],
      ['owner'],
    ],
  ])('never %s', (_, members, codes, roles) => {
    const verdict = decideApproval(facts(members), RULE, 0);

    expect(verdict.kind).toBe('wait');
    if (verdict.kind !== 'wait') return;
    expect(verdict.waitingOn.map(({ code }) => code)).toEqual(codes);
    expect(verdict.waitingOn[0]).toMatchObject({ clearableBy: roles, by: FIRST_START });
  });

  it('by any owner, where an asset has none of its own', () => {
    const assets = [{ ...WEB1, owner: null }];

    expect(decideApproval(facts({ assets }), RULE, 0).kind).toBe('proceed');
  });

  it('not without a plan, and not after its authority', () => {
    expect(decideApproval(facts({ plan: null }), RULE, 0)).toMatchObject({ waitingOn: [{ code: 'plan-missing' }] });
    expect(decideApproval(facts(), RULE, 2000)).toMatchObject({ kind: 'stop', blockedBy: [{ code: 'plan-expired' }] });
  });
});

describe('the notice', () => {
  const lane = DEFAULT_POLICY.lanes.critical;
  const delivered = { to: 'ben', outcome: 'delivered' } as const;
  const bounced = { to: 'helpdesk', outcome: 'bounced' } as const;
  const waiting = { to: 'cem', outcome: 'waiting' } as const;

  it.each([
    ['runs from the last delivery', false, [delivered], { kind: 'proceed', value: { elapsesAt: 7 + lane.noticeMs } }],
    [
      'waits for every message',
      false,
      [delivered, waiting],
      { kind: 'wait', waitingOn: [{ code: 'notice-not-sent' }] },
    ],
    ['waits for a first message', false, [], { kind: 'wait', waitingOn: [{ code: 'notice-not-sent' }] }],
    [
      'stops on a wrong address where there is time',
      true,
      [delivered, bounced],
      { kind: 'stop', blockedBy: [{ subject: 'helpdesk' }] },
    ],
    ['passes it over where there is none', false, [delivered, bounced], { kind: 'proceed' }],
  ] as const)('%s', (_, strict, notices, verdict) => {
    expect(decideNotice({ subject: 'openssl', strict, notices }, lane, 7)).toMatchObject(verdict);
  });
});
