import { NEED_KINDS, OVERVIEW_ITEMS_MAX } from '@patchsteward/contract';
import { type CampaignState, fold } from '@patchsteward/core/campaign';
import { HOUR_MS, REASONS, type ReasonCode, type Role, reasonOf } from '@patchsteward/core/vocabulary';
import { describe, expect, it } from 'vitest';
import { hashOf, signedBy } from '../../../../core/src/campaign/testing/people.ts';
import { fleet, POLICY, START } from '../../../../core/src/campaign/testing/world.ts';
import { isOver, needKindOf, needs } from './need.ts';
import { overviewOf } from './overview.ts';

const DUE = START + 40 * HOUR_MS;
const SEEN = fold([
  {
    event: {
      ...{ kind: 'update.seen', campaign: 'c1', title: 'openssl', updates: [], requester: 'ada' },
      ...{ releasedAt: START, firstSeen: START },
    },
    ...{ at: START, by: 'ada', to: 'identified' },
  },
]);

function campaign(members: Partial<CampaignState> = {}): CampaignState {
  if (SEEN === null) throw new Error('a campaign begins with update.seen');
  return { ...SEEN, assets: fleet('normal'), scopeAt: START, lane: 'critical', due: DUE, ...members };
}

function planOf(infeasible: readonly string[]): CampaignState['plan'] {
  return {
    ...{ hash: hashOf('plan'), waves: 1, hosts: 4, compiledAt: START, infeasible },
    ...{ firstStart: START + HOUR_MS, notAfter: DUE, lastEnd: DUE },
  };
}

const looker = (login: string, ...roles: Role[]) => ({ login, roles });
const seen = (
  campaigns: readonly CampaignState[],
  { who = looker('ivy', 'it'), now = START + HOUR_MS, jobs = new Map<string, Record<string, number>>() } = {},
) => overviewOf({ campaigns, jobs, looker: who, policy: POLICY, now });

describe('a reason needs', () => {
  it.each([
    ['whoever has the role', 'risk-not-assessed', looker('ivy', 'it'), true],
    ['nobody without it', 'risk-not-assessed', looker('otto', 'owner'), false],
    ['nobody while it clears by itself', 'files-not-verified', looker('ivy', 'it'), false],
    ['another than the requester to approve', 'approval-missing', looker('ada', 'security'), false],
    ['another approver', 'approval-missing', looker('sam', 'security'), true],
    ['nobody who has approved', 'approval-missing', looker('sue', 'security'), false],
    ['the requester to ask', 'change-not-requested', looker('ada', 'it'), true],
    ['nobody else to ask', 'change-not-requested', looker('ivy', 'it'), false],
    ['nobody who has signed the audit', 'audit-signature-missing', looker('sue', 'security'), false],
  ] as const)('%s', (_, code, who, needed) => {
    const state = campaign({ votes: [signedBy('sue')], audits: [signedBy('sue')] });

    expect(needs(who, reasonOf(code, 'openssl'), state, START)).toBe(needed);
  });

  it('whoever can clear it by hand once its time is over', () => {
    const reason = reasonOf('files-not-verified', 'openssl', START);

    expect([START, START + 1].map((now) => needs(looker('ivy', 'it'), reason, campaign(), now))).toEqual([false, true]);
    expect(isOver(reason, START + 1)).toBe(true);
  });

  it('the owner of the asset to agree to its window', () => {
    const [first, ...others] = fleet('normal');
    if (first === undefined) throw new Error('a fleet has assets');
    const state = campaign({ assets: [{ ...first, owner: 'olga' }, ...others] });
    const reason = reasonOf('window-not-agreed', first.name);

    expect(needs(looker('olga', 'owner'), reason, state, START)).toBe(true);
    expect(needs(looker('otto', 'owner'), reason, state, START)).toBe(false);
  });
});

it('knows a kind for every reason, and a reason for every kind', () => {
  const kinds = new Set((Object.keys(REASONS) as ReasonCode[]).map(needKindOf)); // Object.keys forgets the codes.

  expect([...kinds].sort()).toEqual([...NEED_KINDS].sort());
});

describe('the overview', () => {
  it('puts what there is to do by its kind, and says how many there are beyond what it shows', () => {
    const many = Array.from({ length: OVERVIEW_ITEMS_MAX + 3 }, (_, place) => campaign({ id: `c${place}` }));
    const [need, ...others] = seen(many).needsMe;

    expect(need).toMatchObject({ kind: 'assess', total: many.length });
    expect(need?.items).toHaveLength(OVERVIEW_ITEMS_MAX);
    expect(others).toEqual([]);
  });

  it.each([
    ['neither', campaign(), START, 0],
    ['a due time that has passed', campaign(), DUE + 1, 1],
    ['a plan that cannot meet it', campaign({ name: 'planned', plan: planOf(['front1', 'front2']) }), START, 1],
    ['no due time', campaign({ due: null }), DUE + 1, 0],
  ])('calls late: %s', (_, state, now, late) => {
    expect(seen([state], { now }).late.total).toBe(late);
  });

  it('names the assets of a plan that cannot meet the due time', () => {
    const { late } = seen([campaign({ name: 'planned', plan: planOf(['front1', 'front2']) })]);

    expect(late.items[0]?.why).toMatch(/\(and 1 more\) has its turn only after it is due/);
    expect(late.items[0]?.late).toBe(false);
  });

  const stop = { kind: 'stop', blockedBy: [reasonOf('hash-mismatch', 'libssl3')] } as const;
  const waits = { kind: 'wait', waitingOn: [reasonOf('backup-missing', 'front1', START + 1)] } as const;
  it.each([
    ['what a room stops', campaign({ name: 'evaluated', verdicts: { '3-testing': stop } }), 1],
    ['what is quarantined', campaign({ name: 'quarantined' }), 1],
    ['a wait that is past its time', campaign({ name: 'tested', verdicts: { '4-backup': waits } }), 1],
    ['not what just waits', campaign(), 0],
  ])('calls stopped: %s', (_, state, stopped) => {
    expect(seen([state]).stopped.total).toBe(stopped);
  });

  it.each([
    ['deploying', campaign({ name: 'deploying' }), 1],
    ['rolling back', campaign({ name: 'rolling-back' }), 1],
    ['waiting for its test', campaign({ name: 'authentic' }), 0],
    ['planned', campaign({ name: 'planned', plan: planOf([]) }), 0],
  ])('calls running: %s', (_, state, running) => {
    expect(seen([state], { jobs: new Map([['c1', { queued: 2 }]]) }).running).toMatchObject({
      total: running,
      items: running === 0 ? [] : [{ jobs: { queued: 2 } }],
    });
  });

  it('is calm where nothing is open', () => {
    const nothing = { total: 0, items: [] };

    expect(seen([])).toEqual({ needsMe: [], late: nothing, stopped: nothing, running: nothing });
  });
});
