import { HOUR_MS, MINUTE_MS, type Role } from '@patchsteward/core/vocabulary';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { atomFile } from '../1-identification/testing/announced.ts';
import { kevFile, osvFile } from '../1-identification/testing/feed-files.ts';
import { installed, reportHost } from '../1-identification/testing/reported-host.ts';
import { NOON, openWorld, type World } from '../1-identification/testing/world.ts';
import { openMailDoor } from '../connectors/mail.ts';
import { type MailBox, openMailBox } from '../connectors/testing/mail-box.ts';
import { timestamp } from '../platform/column-types.ts';
import { newId } from '../platform/ids.ts';
import { describeWithDatabase } from '../platform/testing/database.ts';
import { grantLook, UNREAD_AFTER_MS } from './telling-look.ts';
import { grantTell, type TellingDoors } from './telling-send.ts';
import { countTold, listTold, putWay } from './telling-store.ts';

const CURL = { id: 'DSA-1-1', package: 'curl', upstream: ['CVE-2026-0001'], fixed: '2.0-1' };
const EVERYTHING = { about: null, person: null, kind: null, from: null, until: null } as const;
const TOOLS = { hasMail: true, consoleUrl: 'https://patches.example.org' };

describeWithDatabase('telling people', () => {
  let world: World;
  let box: MailBox;
  let doors: TellingDoors & { readonly close: () => void };
  let now: number;
  beforeEach(async () => {
    now = NOON;
    world = await openWorld();
    box = await openMailBox();
    const door = openMailDoor({ smtpUrl: box.url, from: 'patches@example.org' });
    doors = { mail: { door, domain: 'example.org' }, pauseMsMin: MINUTE_MS, close: door.close };
    await account('sam', ['security']);
    await account('otto', ['owner']);
    await account('vera', ['auditor']);
    const asset = await reportHost(world, 'web-1', { packages: [installed('curl', '1.0-1')] });
    await world.db.updateTable('identification.asset').set({ owner: 'Otto' }).where('id', '=', asset).execute();
  });
  afterEach(async () => {
    doors.close();
    await box.close();
    await world.close();
  });

  async function account(login: string, roles: readonly Role[]): Promise<void> {
    const person = { id: newId(NOON), login, name: login.toUpperCase(), mail: `${login}@example.org` };
    await world.db
      .insertInto('access.person')
      .values({ ...person, roles: [...roles], password_hash: 'none', created_at: timestamp(NOON) })
      .execute();
  }
  const change = (work: Parameters<World['corridor']['change']>[1]) =>
    world.corridor.change({ actor: 'system', at: now }, work);
  /** A look, and the messages that it put on their way, as the outbox and its timers do it. */
  async function look(afterMs = 0): Promise<readonly string[]> {
    now += afterMs;
    world.at(now);
    const before = box.received.length;
    await change((tx) => grantLook({ key: 'people', payload: null, at: now }, tx, TOOLS));
    await deliver();
    return box.received.slice(before).map(({ to, mail }) => `${to}: ${/^Subject: (.*)$/m.exec(mail)?.[1]}`);
  }
  async function deliver(): Promise<void> {
    const rows = await world.db.selectFrom('evaluation.told').select('id').where('state', '=', 'waiting').execute();
    for (const { id } of rows) await change((tx) => grantTell(doors, { key: id, at: now }, tx));
  }
  const told = (about: string) => listTold(world.db, { ...EVERYTHING, about }, { before: undefined, limit: 10 });

  it('of what is urgent: Security, and the owner of what is affected, each once and in one message', async () => {
    await world.importFeed('debian-osv', osvFile({ ...CURL, upstream: ['CVE-2026-0001', 'CVE-2026-0002'] }));
    expect(await look()).toEqual([]);

    expect(await look(2 * MINUTE_MS)).toEqual([
      'otto@example.org: Patchsteward: 2 critical vulnerabilities',
      'sam@example.org: Patchsteward: 2 critical vulnerabilities',
    ]);

    expect(await look(2 * HOUR_MS)).toEqual([]);
    expect(box.received[0]?.mail).toContain('CVE-2026-0001 in curl on 1 asset');
    expect(await told('CVE-2026-0001')).toMatchObject([
      { state: 'sent', attempts: 1, answer: expect.stringContaining('250'), sent_at: NOON + 2 * MINUTE_MS },
      { state: 'sent' },
    ]);
    const leaves = await world.db
      .selectFrom('documentation.leaf')
      .select(['kind', 'payload'])
      .where('kind', 'like', 'telling.%')
      .execute();
    expect(leaves).toHaveLength(2);
    expect(leaves[0]?.payload).toMatchObject({
      state: 'sent',
      about: [{ kind: 'critical', subject: 'CVE-2026-0001' }, {}],
    });
  });

  it('again where it becomes known to be exploited, and not before the pause is over', async () => {
    await world.importFeed('debian-osv', osvFile(CURL));
    await look();
    await look(2 * MINUTE_MS);

    await world.importFeed('kev', kevFile('2026-11-19T00:00:00Z', { id: 'CVE-2026-0001' }));

    expect(await look(2 * MINUTE_MS)).toEqual([]);
    expect(await look(13 * MINUTE_MS)).toEqual([
      'otto@example.org: Patchsteward: 1 exploited vulnerability',
      'sam@example.org: Patchsteward: 1 exploited vulnerability',
    ]);
  });

  it('in the message of the hour, or never, as each says', async () => {
    await change(async (tx) => {
      await putWay(tx, 'sam', 'critical', 'digest');
      await putWay(tx, 'otto', 'critical', 'quiet');
      return { value: undefined };
    });
    await world.importFeed('debian-osv', osvFile(CURL));
    await look();

    expect(await look(30 * MINUTE_MS)).toEqual([]);
    expect(await look(30 * MINUTE_MS)).toEqual(['sam@example.org: Patchsteward: 1 critical vulnerability']);
  });

  it('as everybody again, once they take back what they said', async () => {
    await change(async (tx) => {
      await putWay(tx, 'sam', 'critical', 'quiet');
      await putWay(tx, 'sam', 'critical', null);
      return { value: undefined, leaves: [] };
    });
    await world.importFeed('debian-osv', osvFile(CURL));
    await look();

    expect(await look(2 * MINUTE_MS)).toContain('sam@example.org: Patchsteward: 1 critical vulnerability');
  });

  it.each([
    ['a kind', { kind: 'critical' }, 2],
    ['another kind', { kind: 'feed-silent' }, 0],
    ['a person and a kind', { person: 'sam', kind: 'critical' }, 1],
    ['from when they were written', { from: NOON + 2 * MINUTE_MS }, 2],
    ['until then', { until: NOON + 2 * MINUTE_MS }, 0],
    ['until right after', { from: NOON, until: NOON + 2 * MINUTE_MS + 1 }, 2],
  ] as const)('and lists messages by %s', async (_, filter, count) => {
    await world.importFeed('debian-osv', osvFile(CURL));
    await look();
    await look(2 * MINUTE_MS);

    const asked = { ...EVERYTHING, ...filter };
    expect(await listTold(world.db, asked, { before: undefined, limit: 10 })).toHaveLength(count);
    expect(await countTold(world.db, asked)).toBe(count);
  });

  it('of nothing that is over before the message is due, nor of what comes back within a week', async () => {
    await world.importFeed('debian-osv', osvFile(CURL));
    await look();
    await world.importFeed('debian-osv', osvFile({ ...CURL, fixed: '1.0-1', modified: '2026-11-20T13:00:00Z' }));
    expect(await look(2 * MINUTE_MS)).toEqual([]);

    await world.importFeed('debian-osv', osvFile({ ...CURL, modified: '2026-11-20T14:00:00Z' }));
    expect(await look(HOUR_MS)).toEqual([]);
    expect(await look(HOUR_MS)).toEqual([]);
  });

  it('of a feed that fell silent and of a platform without support, in one message', async () => {
    await world.importFeed('debian-osv', osvFile({ ...CURL, package: 'bash' }));
    const since = timestamp(NOON - 72 * HOUR_MS);
    await world.db
      .insertInto('identification.feed_silence')
      .values({ feed: 'debian-osv', since, told_at: timestamp(NOON), told: [] })
      .execute();
    await world.db
      .insertInto('identification.lifecycle')
      .values({ feed: 'debian-osv', scope: 'debian:12', phase: 'regular', ends: since })
      .execute();
    await look();

    expect(await look(HOUR_MS)).toEqual([
      'otto@example.org: Patchsteward: 1 platform without support',
      'sam@example.org: Patchsteward: 1 platform without support, 1 feed fell silent',
    ]);
    expect(box.received[0]?.mail).toContain('debian:12 on 1 asset: no fixes for everybody since 2026-11-17');
  });

  it('of announcements that nobody read', async () => {
    const feed = { feed: 'acme-news', form: 'announcements', url: 'https://acme.example/atom', title: 'Acme' };
    await world.app.inject({ method: 'POST', url: '/api/v1/feeds', payload: feed });
    await world.importFeed('acme-news', atomFile({ id: 'a' }, { id: 'b' }));
    expect(await look(UNREAD_AFTER_MS - 1)).toEqual([]);

    await look(1);
    expect(await look(HOUR_MS)).toEqual(['sam@example.org: Patchsteward: announcements of 1 vendor wait']);
    expect(box.received[0]?.mail).toContain('2 of Acme wait to be read since 2026-11-20');
  });

  it('once, however often it has to be tried', async () => {
    await world.importFeed('debian-osv', osvFile(CURL));
    await look();
    box.refuse = { address: 'sam@example.org', responseCode: 450 };
    expect(await look(2 * MINUTE_MS)).toEqual(['otto@example.org: Patchsteward: 1 critical vulnerability']);
    expect(await told('CVE-2026-0001')).toContainEqual(
      expect.objectContaining({ person: 'sam', state: 'waiting', attempts: 1, sent_at: null }),
    );

    box.refuse = null;
    await deliver();
    const mails = box.received.filter(({ to }) => to === 'sam@example.org').map(({ mail }) => mail);
    expect(mails).toHaveLength(1);
    const [sent] = (await told('CVE-2026-0001')).filter(({ person }) => person === 'sam');
    expect(mails[0]).toContain(`Message-ID: <${sent?.message_id}@example.org>`);
    expect(await countTold(world.db, { ...EVERYTHING, person: 'sam' })).toBe(1);
  });

  it('a crash after the mail server took it: it goes out again as the same message', async () => {
    await world.importFeed('debian-osv', osvFile(CURL));
    await look();
    now += 2 * MINUTE_MS;
    world.at(now);
    await change((tx) => grantLook({ key: 'people', payload: null, at: now }, tx, TOOLS));
    const [{ id } = { id: '' }] = (await told('CVE-2026-0001')).filter(({ person }) => person === 'sam');
    const crash = change(async (tx) => {
      await grantTell(doors, { key: id, at: now }, tx);
      throw new Error('the power is gone');
    });
    await expect(crash).rejects.toThrow('the power is gone');

    await deliver();

    const ids = box.received
      .filter(({ to }) => to === 'sam@example.org')
      .map(({ mail }) => /^Message-ID: (.*)$/m.exec(mail)?.[1]);
    expect(ids).toHaveLength(2);
    expect(new Set(ids).size).toBe(1);
  });

  it('of nothing where there is no mail server, and of all that is so once there is one', async () => {
    await world.importFeed('debian-osv', osvFile(CURL));
    await change((tx) => grantLook({ key: 'people', payload: null, at: now }, tx, { ...TOOLS, hasMail: false }));
    expect(await world.db.selectFrom('evaluation.matter').selectAll().execute()).toEqual([]);

    await look();
    expect(await look(2 * MINUTE_MS)).toHaveLength(2);
  });
});
