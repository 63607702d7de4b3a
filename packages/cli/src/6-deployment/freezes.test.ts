import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { FreezeCalendar } from '@patchsteward/contract';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { asking } from '../1-identification/testing/asking.ts';

const { answering, ask, askJson, calls } = asking();
const ID = '01890a5d-ac96-774b-bcce-b302099a8057';
const CALENDAR: FreezeCalendar = {
  id: ID,
  name: 'company',
  groups: null,
  freezes: [
    {
      uid: 'a',
      title: 'Year end',
      freeze: { kind: 'local', from: '2026-12-20T00:00', until: '2027-01-03T00:00' },
    },
    {
      uid: 'b',
      title: 'Launch',
      freeze: { kind: 'instants', from: '2026-12-01T10:00:00.000Z', until: '2026-12-01T12:00:00.000Z' },
    },
  ],
  knownUntil: '2029-01-31T00:00:00.000Z',
  goesOn: true,
  importedAt: '2026-11-20T12:00:00.000Z',
  importedBy: 'ivy',
};
const EFFECT = { name: 'nights', windows: 52, lost: 2, shortened: 1 };

let folder = '';
let file = '';
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'freezes-'));
  file = join(folder, 'freezes.ics');
  writeFileSync(file, 'BEGIN:VCALENDAR');
  writeFileSync(join(folder, 'latin.ics'), Buffer.from([0xe4, 0xf6]));
});
afterAll(() => rmSync(folder, { recursive: true }));

function having(unread: { title: string; why: string }[] = []): void {
  answering({
    'freeze.list': () => ({ items: [CALENDAR] }),
    'freeze.import': () => ({ calendar: CALENDAR, unread, groups: [EFFECT] }),
    'freeze.undo': () => ({ name: 'company', restored: null }),
  });
}

const sent = () => calls().filter(({ id }) => id === 'freeze.import');

describe('group freeze import', () => {
  it('says what it would do, and does nothing', async () => {
    having();

    const { code, stdout } = await ask('group', 'freeze', 'import', file, '--name', 'company', '--dry-run');

    expect(code).toBe(0);
    expect(stdout.split('\n')).toEqual([
      'Would be kept: 2 freezes of company.',
      '  2026-12-20 00:00 to 2027-01-03 00:00 local time  Year end',
      '  2026-12-01 10:00 UTC to 2026-12-01 12:00 UTC  Launch',
      'Of 52 windows of nights in the next year 2 are lost and 1 become shorter.',
      '',
    ]);
    expect(sent().map(({ body }) => body)).toEqual([
      { name: 'company', groups: null, text: 'BEGIN:VCALENDAR', preview: true },
    ]);
  });

  it('keeps them after a yes, for the groups that are named', async () => {
    having();

    const argv = ['import', file, '--name', 'company', '--group', 'nights', '--group', 'office', '--yes'];
    const { code, stdout } = await ask('group', 'freeze', ...argv);

    expect(code).toBe(0);
    expect(stdout).toContain(`Import ${ID}`);
    expect(sent().at(-1)?.body).toMatchObject({ groups: ['nights', 'office'], preview: false });
  });

  it('tells what it could not read, and says so in its code', async () => {
    having([{ title: 'Party', why: 'it has no length' }]);

    const { code, stdout } = await ask('group', 'freeze', 'import', file, '--name', 'company', '--yes');

    expect(code).toBe(3);
    expect(stdout).toContain('Not read: Party: it has no length');
  });

  it.each([
    [['import', 'latin.ics', '--name', 'x'], 1, 'is no text in UTF-8'],
    [['import', 'none.ics', '--name', 'x'], 1, 'none.ics'],
    [['import', 'freezes.ics'], 2, '--name'],
  ])('%j is refused', async ([verb = '', name = '', ...more], exit, complaint) => {
    having();

    const { code, stderr } = await ask('group', 'freeze', verb, join(folder, name), ...more);

    expect(code).toBe(exit);
    expect(stderr).toContain(complaint);
    expect(sent()).toEqual([]);
  });
});

describe('group freeze list', () => {
  it('shows what holds, for whom, and how long it is known', async () => {
    having();

    const { code, stdout } = await ask('group', 'freeze', 'list');

    expect(code).toBe(0);
    expect(stdout.split('\n')).toEqual([
      `company  for every group, imported 2026-11-20 12:00 UTC by ivy (import ${ID})`,
      '  2026-12-20 00:00 to 2027-01-03 00:00 local time  Year end',
      '  2026-12-01 10:00 UTC to 2026-12-01 12:00 UTC  Launch',
      '  goes on after 2029-01-31 00:00 UTC: import it again before',
      '',
    ]);
    expect(await askJson('group', 'freeze', 'list')).toMatchObject({ answer: { items: [{ name: 'company' }] } });
  });

  it('says how to begin', async () => {
    answering({ 'freeze.list': () => ({ items: [] }) });

    expect((await ask('group', 'freeze', 'list')).stdout).toMatch(/^No freezes\. Take those of a calendar/);
  });
});

describe('group freeze undo', () => {
  it('says what holds now', async () => {
    having();

    expect((await ask('group', 'freeze', 'undo', ID)).stdout).toBe(
      'The freezes of company are taken back. Nothing holds under that name now.\n',
    );

    answering({ 'freeze.undo': () => ({ name: 'company', restored: CALENDAR }) });
    expect((await ask('group', 'freeze', 'undo', ID)).stdout).toContain('What held before holds again:\ncompany  for');
  });
});
