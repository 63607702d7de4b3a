import { HOUR_MS } from '@patchsteward/core/vocabulary';
import type { FastifyInstance } from 'fastify';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { testCorridor } from '../1-identification/testing/reported-host.ts';
import { createTestApp } from '../platform/testing/app.ts';
import { createTestDatabase, describeWithDatabase, type TestDatabase } from '../platform/testing/database.ts';
import { freezeRoutes } from './freeze-routes.ts';
import { groupRoutes } from './group-routes.ts';
import { windowsOfGroups } from './group-windows.ts';

/** A Friday. */
const NOW = Date.UTC(2026, 10, 20, 12);
const SUNDAY = { kind: 'weekly', weekday: 'sun', start: '02:00', durationMs: 4 * HOUR_MS };

function calendarOf(...events: readonly string[]): string {
  const bodies = events.map((event) => `BEGIN:VEVENT\r\n${event}\r\nEND:VEVENT\r\n`);
  return `BEGIN:VCALENDAR\r\nVERSION:2.0\r\n${bodies.join('')}END:VCALENDAR\r\n`;
}
const FIRST_ADVENT = 'UID:advent\r\nSUMMARY:Advent\r\nDTSTART;VALUE=DATE:20261129\r\nDTEND;VALUE=DATE:20261130';
const THIS_SUNDAY = 'UID:now\r\nSUMMARY:Launch\r\nDTSTART:20261122T030000Z\r\nDTEND:20261122T230000Z';

describeWithDatabase('freezes', () => {
  let database: TestDatabase;
  let app: FastifyInstance;
  beforeEach(async () => {
    database = await createTestDatabase();
    const parts = { db: database.db, corridor: testCorridor(database.db) };
    app = await createTestApp({ ...groupRoutes(parts), ...freezeRoutes(parts) }, { now: () => NOW });
    for (const name of ['nights', 'office']) {
      const payload = { version: 0, zone: 'UTC', windows: [SUNDAY] };
      await app.inject({ method: 'PUT', url: `/api/v1/maintenance-groups/${name}`, payload });
    }
  });
  afterEach(async () => {
    await app.close();
    await database.close();
  });

  async function send(text: string, more: object = {}) {
    const payload = { name: 'company', text, ...more };
    const answer = await app.inject({ method: 'POST', url: '/api/v1/freezes', payload });
    return { status: answer.statusCode, body: answer.json() };
  }

  async function undo(id: string) {
    const answer = await app.inject({ method: 'POST', url: `/api/v1/freezes/${id}/undo`, payload: {} });
    return { status: answer.statusCode, body: answer.json() };
  }

  async function list() {
    return (await app.inject({ method: 'GET', url: '/api/v1/freezes' })).json().items;
  }

  /** The Sundays of each group in the next three weeks. */
  async function open(): Promise<Record<string, string[]>> {
    const windows = await windowsOfGroups(database.db, NOW, NOW + 21 * 24 * HOUR_MS);
    return Object.fromEntries(
      Object.entries(windows).map(([name, spans]) => [
        name,
        spans.map(({ from, until }) => `${new Date(from).toISOString().slice(5, 13)} ${(until - from) / HOUR_MS} h`),
      ]),
    );
  }
  const ALL = ['11-22T02 4 h', '11-29T02 4 h', '12-06T02 4 h'];

  it('are looked at before they hold', async () => {
    const { status, body } = await send(calendarOf(FIRST_ADVENT, THIS_SUNDAY), { preview: true });

    expect(status).toBe(200);
    expect(body).toMatchObject({
      calendar: { name: 'company', groups: null, goesOn: false, importedBy: expect.stringMatching(/^person:/) },
      unread: [],
      groups: [
        { name: 'nights', windows: 52, lost: 1, shortened: 1 },
        { name: 'office', windows: 52, lost: 1, shortened: 1 },
      ],
    });
    expect(await list()).toEqual([]);
    expect(await open()).toEqual({ nights: ALL, office: ALL });
  });

  it('take their times out of the windows, of all groups or of some', async () => {
    await send(calendarOf(FIRST_ADVENT));
    await send(calendarOf(THIS_SUNDAY), { name: 'launch', groups: ['office'] });

    expect(await open()).toEqual({
      nights: ['11-22T02 4 h', '12-06T02 4 h'],
      office: ['11-22T02 1 h', '12-06T02 4 h'],
    });
    expect((await app.inject({ method: 'GET', url: '/api/v1/maintenance-groups' })).json().items[0].next[1].from).toBe(
      '2026-12-06T02:00:00.000Z',
    );
    expect((await list()).map(({ name, groups }: { name: string; groups: string[] | null }) => [name, groups])).toEqual(
      [
        ['company', null],
        ['launch', ['office']],
      ],
    );
  });

  it('of a name are replaced by the next import, and come back when it is taken back', async () => {
    const first = await send(calendarOf(FIRST_ADVENT));
    const second = await send(calendarOf(THIS_SUNDAY));
    const replaced = await open();

    const late = await undo(first.body.calendar.id);
    const undone = await undo(second.body.calendar.id);
    const restored = await open();
    const again = await undo(second.body.calendar.id);
    const emptied = await undo(first.body.calendar.id);

    expect(replaced['nights']).toEqual(['11-22T02 1 h', '11-29T02 4 h', '12-06T02 4 h']);
    expect(undone).toMatchObject({ status: 200, body: { name: 'company', restored: { id: first.body.calendar.id } } });
    expect(restored['nights']).toEqual(['11-22T02 4 h', '12-06T02 4 h']);
    expect([late, again].map(({ status }) => status)).toEqual([409, 409]);
    expect(emptied).toMatchObject({ status: 200, body: { restored: null } });
    expect(await list()).toEqual([]);
    const kinds = await database.db.selectFrom('documentation.leaf').select('kind').orderBy('id').execute();
    expect(kinds.map(({ kind }) => kind).filter((kind) => kind.startsWith('freeze'))).toEqual([
      ...['freeze.imported', 'freeze.imported', 'freeze.undone', 'freeze.undone'],
    ]);
  });

  it('sent at the same moment hold once', async () => {
    const sent = await Promise.all([1, 2, 3].map(() => send(calendarOf(FIRST_ADVENT))));

    expect(sent.some(({ status }) => status === 200)).toBe(true);
    expect(sent.every(({ status }) => status === 200 || status === 409)).toBe(true);
    expect(await list()).toHaveLength(1);
  });

  it.each([
    ['what is no calendar', 'hello', {}],
    ['a group that there is not', calendarOf(FIRST_ADVENT), { groups: ['moon'] }],
    ['no group at all', calendarOf(FIRST_ADVENT), { groups: [] }],
    ['no name', calendarOf(FIRST_ADVENT), { name: '' }],
  ])('%s is refused', async (_, text, more) => {
    expect(await send(text, more)).toMatchObject({ status: 400, body: { error: { code: 'bad-request' } } });
    expect(await list()).toEqual([]);
  });

  it('that there are not cannot be taken back', async () => {
    expect((await undo('01890a5d-ac96-774b-bcce-b302099a8057')).status).toBe(404);
  });
});
