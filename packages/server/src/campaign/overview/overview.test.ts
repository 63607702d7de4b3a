import { OVERVIEW_ITEMS_MAX } from '@patchsteward/contract';
import { type CampaignState, fold } from '@patchsteward/core/campaign';
import { HOUR_MS, type Role, reasonOf } from '@patchsteward/core/vocabulary';
import { describe, expect, it } from 'vitest';
import { hashOf } from '../../../../core/src/campaign/testing/people.ts';
import { fleet, POLICY, START } from '../../../../core/src/campaign/testing/world.ts';
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

const looker = (person: string, ...roles: Role[]) => ({ person, roles, keyClasses: ['cli' as const], said: [] });
const seen = (
  campaigns: readonly CampaignState[],
  { who = looker('ivy', 'it'), now = START + HOUR_MS, jobs = new Map<string, Record<string, number>>() } = {},
) => overviewOf({ campaigns, jobs, deciderIn: () => who, rollbacks: new Map(), policy: POLICY, now });

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
    const { total, items } = seen([state], { now }).late;

    expect(total).toBe(late);
    // One of the two is what each is listed for, and never both.
    expect(items.map((one) => one.late !== one.cannotBeMet)).toEqual(items.map(() => true));
  });

  it('names the assets of a plan that cannot meet the due time', () => {
    const { late } = seen([campaign({ name: 'planned', plan: planOf(['front1', 'front2']) })]);

    expect(late.items[0]?.why).toMatch(/\(and 1 more\) has its turn only after it is due/);
    expect(late.items[0]).toMatchObject({ late: false, cannotBeMet: true });
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
