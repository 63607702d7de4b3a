import type { MaintenanceGroup } from '@patchsteward/contract';
import { describe, expect, it } from 'vitest';
import { asking } from '../1-identification/testing/asking.ts';
import { FakeRefusal } from '../platform/testing/fake-server.ts';

const { answering, ask, askJson, calls } = asking();

const SUNDAY = { kind: 'weekly', weekday: 'sun', start: '02:00', durationMs: 14_400_000 } as const;

function groupOf(more: Partial<MaintenanceGroup> = {}): MaintenanceGroup {
  return {
    name: 'sunday',
    zone: 'Europe/Berlin',
    windows: [SUNDAY],
    assets: 12,
    next: [{ from: '2026-11-22T01:00:00.000Z', until: '2026-11-22T05:00:00.000Z', offset: '+01:00' }],
    tzdata: '2026a',
    version: 3,
    ...more,
  };
}

function having(...groups: readonly MaintenanceGroup[]): void {
  answering({
    'group.list': () => ({ items: [...groups], next: null, total: groups.length }),
    'group.set': ({ params }) => groupOf({ name: String(params['name']) }),
    'group.remove': () => ({}),
  });
}

const sent = () => calls().find(({ id }) => id === 'group.set');

describe('group list', () => {
  it('shows windows as they are typed, and the next as an instant', async () => {
    having(groupOf(), groupOf({ name: 'never', windows: [], next: [], assets: 0 }));

    const { code, stdout } = await ask('group', 'list');

    expect(code).toBe(0);
    expect(stdout.split('\n')).toEqual([
      'GROUP   ZONE           WINDOWS                             NEXT                  ASSETS',
      'sunday  Europe/Berlin  sun 02:00 4h                        2026-11-22 01:00 UTC      12',
      'never   Europe/Berlin  none: nothing is done to its hosts  -                          0',
      '',
    ]);
  });

  it('says how to make the first', async () => {
    having();

    expect((await ask('group', 'list')).stdout).toMatch(
      /^No maintenance groups yet\. Make one: patchsteward group set/,
    );
  });
});

describe('group set', () => {
  it('makes a group', async () => {
    having();

    const { code, stdout } = await ask('group', 'set', 'sunday', '--zone', 'Europe/Berlin', '--window', 'SUN 02:00 4h');

    expect(code).toBe(0);
    expect(sent()).toMatchObject({
      params: { name: 'sunday' },
      body: { version: 0, zone: 'Europe/Berlin', windows: [SUNDAY] },
    });
    expect(stdout.split('\n')).toEqual([
      'sunday',
      '  zone     Europe/Berlin (tzdata 2026a)',
      '  windows  sun 02:00 4h',
      '  next     Sun 2026-11-22 02:00 +01:00 = 2026-11-22 01:00 UTC to 2026-11-22 05:00 UTC',
      '  assets   12',
      '',
    ]);
  });

  it.each([
    [['--zone', 'UTC'], { zone: 'UTC', windows: [SUNDAY] }],
    [['--no-window'], { zone: 'Europe/Berlin', windows: [] }],
    [
      ['--window', 'mon 22:30 90m', '--window', 'tue 00:00 1d'],
      {
        zone: 'Europe/Berlin',
        windows: [
          { kind: 'weekly', weekday: 'mon', start: '22:30', durationMs: 5_400_000 },
          { kind: 'weekly', weekday: 'tue', start: '00:00', durationMs: 86_400_000 },
        ],
      },
    ],
  ])('changes what is named, on top of what was seen: %j', async (argv, body) => {
    having(groupOf());

    expect((await ask('group', 'set', 'sunday', ...argv)).code).toBe(0);
    expect(sent()?.body).toEqual({ version: 3, ...body });
  });

  it.each([
    [['sunday'], 'nothing to change is named'],
    [['sunday', '--window', 'sun 2:00 4h'], 'a day, a time and a length'],
    [['sunday', '--window', 'sunday 02:00 4h'], 'a day, a time and a length'],
    [['sunday', '--window', 'sun 02:00'], 'a day, a time and a length'],
    [['sunday', '--window', 'sun 02:00 4h UTC'], 'a day, a time and a length'],
    [['other', '--window', 'sun 02:00 4h'], 'the group other is new and has no zone'],
  ])('%j is wrong usage', async (argv, complaint) => {
    having(groupOf());

    const { code, stdout, stderr } = await ask('group', 'set', ...argv);

    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr).toContain(complaint);
    expect(sent()).toBeUndefined();
  });

  it('overwrites nobody', async () => {
    answering({
      'group.list': () => ({ items: [groupOf()], next: null, total: 1 }),
      'group.set': () => {
        throw new FakeRefusal('conflict', 'The group sunday is at version 4, the change was made for version 3.');
      },
    });

    const { code, stderr } = await ask('group', 'set', 'sunday', '--zone', 'UTC');

    expect(code).toBe(1);
    expect(stderr).toContain('somebody else changed this group at the same moment');
  });
});

describe('group window', () => {
  const SATURDAY = {
    kind: 'monthly',
    nth: 'last',
    weekday: 'sat',
    offsetDays: 0,
    start: '22:00',
    durationMs: 21_600_000,
  };

  it('lists the windows of one group, and the next in its own time', async () => {
    having(groupOf({ name: 'other' }), groupOf());

    const { code, stdout } = await ask('group', 'window', 'list', 'sunday');

    expect(code).toBe(0);
    expect(stdout).toContain('  next     Sun 2026-11-22 02:00 +01:00 = 2026-11-22 01:00 UTC to 2026-11-22 05:00 UTC');
    expect(await askJson('group', 'window', 'list', 'sunday')).toMatchObject({
      answer: { name: 'sunday', version: 3 },
    });
  });

  it('adds one to those that are there', async () => {
    having(groupOf());

    expect((await ask('group', 'window', 'add', 'sunday', 'last sat 22:00 6h')).code).toBe(0);
    expect(sent()?.body).toEqual({ version: 3, zone: 'Europe/Berlin', windows: [SUNDAY, SATURDAY] });
  });

  it('takes one away', async () => {
    having(groupOf());

    expect((await ask('group', 'window', 'remove', 'sunday', 'sun 02:00 240m')).code).toBe(0);
    expect(sent()?.body).toEqual({ version: 3, zone: 'Europe/Berlin', windows: [] });
  });

  it.each([
    [['add', 'sunday', 'sun 02:00 4h'], 1, 'the group sunday has the window sun 02:00 4h already'],
    [['remove', 'sunday', 'mon 02:00 4h'], 1, 'the group sunday has no window mon 02:00 4h'],
    [['add', 'other', 'mon 02:00 4h'], 1, 'there is no maintenance group other'],
    [['add', 'sunday', '5th mon 02:00 4h'], 2, '"5th mon 02:00 4h" is no window'],
  ])('%j is refused', async (argv, exit, complaint) => {
    having(groupOf());

    const { code, stderr } = await ask('group', 'window', ...argv);

    expect(code).toBe(exit);
    expect(stderr).toContain(complaint);
    expect(sent()).toBeUndefined();
  });
});

describe('group remove', () => {
  it('says that it is gone', async () => {
    having(groupOf());

    expect(await ask('group', 'remove', 'sunday')).toEqual({
      code: 0,
      stdout: 'The group sunday is gone.\n',
      stderr: '',
    });
    expect(await askJson('group', 'remove', 'sunday')).toMatchObject({ code: 0, answer: {} });
  });

  it('hands on why it stays', async () => {
    answering({
      'group.remove': () => {
        throw new FakeRefusal('conflict', '12 assets are in the group sunday; give them another one first.');
      },
    });

    const { code, stderr } = await ask('group', 'remove', 'sunday');

    expect(code).toBe(1);
    expect(stderr).toContain('12 assets are in the group sunday');
  });
});
