import type { MaintenancePlan, MaintenanceTurn } from '@patchsteward/contract';
import { describe, expect, it } from 'vitest';
import { asking } from '../1-identification/testing/asking.ts';

const { answering, ask, askJson, calls } = asking();
const CAMPAIGN = '01890a5d-ac96-774b-bcce-b302099a8057';
const EVERY_MONTH = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12];

function planOf(more: Partial<MaintenancePlan> = {}): MaintenancePlan {
  return {
    ...{ name: 'servers', version: 3, groups: ['nights'], zone: 'Europe/Berlin', leadDays: 7, opensAt: '09:00' },
    rule: { kind: 'monthly', nth: 2, weekday: 'tue', offsetDays: 0, months: EVERY_MONTH },
    ...{ asked: ['ivy'], assets: 12, paused: null },
    next: [{ day: '2026-12-08', opensAt: '2026-12-01T08:00:00.000Z', offset: '+01:00' }],
    waiting: { day: '2026-11-10', since: '2026-11-03T08:00:00.000Z', updates: 2 },
    ...more,
  };
}

const UPDATE = { scope: 'debian:12', source: 'openssl', sourceVersion: '3.0.17-1', assets: 4 };
const TURN: MaintenanceTurn = {
  ...{
    day: '2026-11-10',
    opensAt: '2026-11-03T08:00:00.000Z',
    toldAt: '2026-11-03T08:00:00.000Z',
    state: 'proposed',
    frozen: 5,
  },
  updates: [
    { ...UPDATE, standing: { kind: 'offered' } },
    { ...UPDATE, source: 'curl', standing: { kind: 'replaced', sourceVersion: '8.1-2' } },
    { ...UPDATE, source: 'sudo', standing: { kind: 'urgent' } },
    { ...UPDATE, source: 'vim', standing: { kind: 'in-campaign', campaign: CAMPAIGN } },
    { ...UPDATE, source: 'nano', assets: 1, standing: { kind: 'gone' } },
  ],
  ...{ campaign: null, decided: null },
};
const DISMISSED: MaintenanceTurn = {
  ...{ ...TURN, day: '2026-10-13', state: 'dismissed', updates: [] },
  decided: { by: 'ivy', at: '2026-10-07T08:00:00.000Z', why: 'the sale runs' },
};

function having(...plans: readonly MaintenancePlan[]): void {
  answering({
    'maintenance-plan.list': () => ({ items: [...plans] }),
    'maintenance-plan.set': () => planOf(),
    'maintenance-plan.pause': () => planOf({ paused: { by: 'ivy', at: '2026-11-20T08:00:00.000Z', why: 'a move' } }),
    'maintenance-plan.resume': () => planOf(),
    'maintenance-plan.remove': () => ({}),
    'maintenance-turn.list': () => ({ items: [TURN, DISMISSED] }),
    'maintenance-turn.show': () => TURN,
    'maintenance-turn.take': () => ({
      ...{ id: CAMPAIGN, title: 'servers 2026-11-10', state: 'identified', room: '1-identification', lane: 'routine' },
      ...{
        due: '2026-12-01T00:00:00.000Z',
        late: false,
        cannotBeMet: false,
        requester: 'ivy',
        assets: 12,
        ended: false,
      },
      ...{ verdict: 'wait', sentence: 'It waits.', reasons: [] },
      ...{ openedAt: '2026-11-20T12:00:00.000Z', updatedAt: '2026-11-20T12:00:00.000Z' },
    }),
    'maintenance-turn.dismiss': () => DISMISSED,
  });
}

const sent = (id: string) => calls().find((call) => call.id === id);

describe('maintenance list', () => {
  it('shows how often each plan comes, when next, and what waits', async () => {
    having(
      planOf(),
      planOf({ name: 'points', rule: { kind: 'announced', dates: ['2026-01-10'] }, next: [], waiting: null }),
    );

    const { code, stdout } = await ask('maintenance', 'list');

    expect(code).toBe(0);
    expect(stdout.split('\n')).toEqual([
      'PLAN     CYCLE       GROUPS  NEXT                                    WAITS',
      'servers  2nd tue     nights  2026-12-08, opens 2026-12-01 08:00 UTC  2026-11-10: 2 updates',
      'points   2026-01-10  nights  none: announce the next day             -',
      '',
    ]);
  });

  it('says how to begin', async () => {
    having();

    expect((await ask('maintenance', 'list')).stdout).toMatch(/^No maintenance plans yet\. Make one: patchsteward/);
  });
});

describe('maintenance show', () => {
  it('shows its turns, and what would become of each update of the one that waits', async () => {
    having(planOf());

    const { code, stdout } = await ask('maintenance', 'show', 'servers');

    expect(code).toBe(0);
    expect(stdout.split('\n')).toEqual([
      'servers',
      '  cycle    2nd tue, opens 7 days before at 09:00 Europe/Berlin',
      '  groups   nights: 12 assets',
      '  asks     ivy',
      '  next     2026-12-08, opens 2026-12-01 08:00 UTC',
      '  waits    2026-11-10 with 2 updates: patchsteward maintenance take servers, or dismiss servers --why …',
      '2026-11-10  waits for an answer',
      '  debian:12/openssl 3.0.17-1 on 4 assets',
      '  debian:12/curl 3.0.17-1 on 4 assets; 8.1-2 is offered by now and would be taken',
      '  debian:12/sudo 3.0.17-1 on 4 assets; left out, it became urgent and has a proposal of its own',
      `  debian:12/vim 3.0.17-1 on 4 assets; left out, campaign ${CAMPAIGN} has it`,
      '  debian:12/nano 3.0.17-1 on 1 asset; left out, it is not offered any more',
      '2026-10-13  dismissed by ivy: the sale runs',
      '',
    ]);
    expect(await askJson('maintenance', 'show', 'servers')).toMatchObject({
      answer: {
        plan: { name: 'servers' },
        waiting: { day: '2026-11-10' },
        turns: [{ state: 'proposed' }, { state: 'dismissed' }],
      },
    });
  });

  it('knows no plan that there is not', async () => {
    having();

    const { code, stderr } = await ask('maintenance', 'show', 'other');

    expect(code).toBe(1);
    expect(stderr).toContain('there is no maintenance plan other');
  });
});

describe('maintenance set', () => {
  it('makes a plan that opens a week before, at nine', async () => {
    having();

    const argv = ['--group', 'nights', '--group', 'days', '--cycle', '3rd tue +1 jan,jul', '--zone', 'Europe/Berlin'];
    const { code } = await ask('maintenance', 'set', 'servers', ...argv, '--ask', 'ivy');

    expect(code).toBe(0);
    expect(sent('maintenance-plan.set')).toMatchObject({
      params: { name: 'servers' },
      body: {
        ...{ version: 0, groups: ['nights', 'days'], zone: 'Europe/Berlin', leadDays: 7, opensAt: '09:00' },
        rule: { kind: 'monthly', nth: 3, weekday: 'tue', offsetDays: 1, months: [1, 7] },
        asked: ['ivy'],
      },
    });
  });

  it('changes what is named alone', async () => {
    having(planOf());

    expect((await ask('maintenance', 'set', 'servers', '--lead-days', '0', '--at', '12:00')).code).toBe(0);
    const { version, groups, rule, zone, asked } = planOf();
    expect(sent('maintenance-plan.set')?.body).toEqual({
      ...{ version, groups, rule, zone, asked },
      ...{ leadDays: 0, opensAt: '12:00' },
    });
  });

  it.each([
    [['--cycle', '2nd tue'], 'lacks groups or a cycle'],
    [['--group', 'nights'], 'lacks groups or a cycle'],
    [['--group', 'nights', '--cycle', 'monthly'], '2nd tue'],
    [['--group', 'nights', '--cycle', 'mon', '--lead-days', '28'], 'from 0 to 27'],
  ])('%j is wrong usage', async (argv, complaint) => {
    having();

    const { code, stderr } = await ask('maintenance', 'set', 'servers', ...argv);

    expect(code).toBe(2);
    expect(stderr).toContain(complaint);
    expect(sent('maintenance-plan.set')).toBeUndefined();
  });
});

describe('the turn that waits', () => {
  it('is taken', async () => {
    having(planOf());

    const { code, stdout } = await ask('maintenance', 'take', 'servers', '--requester', 'ivy');

    expect(code).toBe(0);
    expect(stdout).toContain(`servers 2026-11-10  ${CAMPAIGN}`);
    expect(sent('maintenance-turn.take')).toMatchObject({
      params: { name: 'servers', day: '2026-11-10' },
      body: { requester: 'ivy' },
    });
  });

  it('is dismissed with a reason, and not without', async () => {
    having(planOf());

    const { code, stdout } = await ask('maintenance', 'dismiss', 'servers', '--why', 'the sale runs');

    expect({ code, stdout }).toEqual({ code: 0, stdout: '2026-10-13  dismissed by ivy: the sale runs\n' });
    expect(sent('maintenance-turn.dismiss')?.body).toEqual({ why: 'the sale runs' });
    expect((await ask('maintenance', 'dismiss', 'servers')).code).toBe(2);
  });

  it.each(['take', 'dismiss'])('is nothing to %s where none waits', async (verb) => {
    having(planOf({ waiting: null }));

    const { code, stderr } = await ask('maintenance', verb, 'servers', ...(verb === 'dismiss' ? ['--why', 'x'] : []));

    expect(code).toBe(1);
    expect(stderr).toContain('no turn of the maintenance plan servers waits for an answer');
  });
});

describe('a plan', () => {
  it('is paused with a reason, resumed and removed', async () => {
    having(planOf());

    expect((await ask('maintenance', 'pause', 'servers', '--why', 'a move')).stdout).toContain(
      '  paused   by ivy at 2026-11-20 08:00 UTC: a move',
    );
    expect(sent('maintenance-plan.pause')?.body).toEqual({ why: 'a move' });
    expect((await ask('maintenance', 'resume', 'servers')).stdout).not.toContain('paused');
    expect((await ask('maintenance', 'remove', 'servers')).stdout).toBe('The maintenance plan servers is gone.\n');
  });
});
