import { randomBytes } from 'node:crypto';
import type { NoticeList } from '@patchsteward/contract';
import type { Hash } from '@patchsteward/core/vocabulary';
import { decodePlan } from '@patchsteward/trust/plan';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { NOW } from '../../../trust/src/testing/people.ts';
import { DB, leaf, otherLeaf, WEB } from '../../../trust/src/testing/plans.ts';
import { grantDue } from '../campaign/outbox.ts';
import { fireTimers } from '../campaign/store.ts';
import { openMailDoor } from '../connectors/mail.ts';
import { type MailBox, openMailBox } from '../connectors/testing/mail-box.ts';
import { timestamp } from '../platform/column-types.ts';
import { newId } from '../platform/ids.ts';
import { createLog } from '../platform/log.ts';
import { describeWithDatabase } from '../platform/testing/database.ts';
import { grantNotice, type NoticeDoors } from './notice-send.ts';
import { NOTICE_WISH } from './notice-wish.ts';
import { type NoticeSubject, prepareNotices, queueNotices } from './notices.ts';
import { readPlan } from './plan-store.ts';
import { type ApprovalWorld, CAMPAIGN, openApprovalWorld } from './testing/approval-world.ts';

const MINUTE_MS = 60_000;

describeWithDatabase('notices', () => {
  let world: ApprovalWorld;
  let plan: Hash;
  let subject: NoticeSubject;
  let box: MailBox;
  const wished: string[] = [];
  let doors: NoticeDoors;

  beforeEach(async () => {
    wished.length = 0;
    world = await openApprovalWorld();
    await world.publish();
    plan = await world.storePlan();
    const row = await readPlan(world.database.db, plan);
    const body = decodePlan(row?.payload ?? Buffer.alloc(0));
    if (!body.ok) throw new Error(body.refusal.detail);
    subject = {
      campaign: CAMPAIGN,
      title: 'openssl 3.0.18',
      plan,
      body: body.value,
      leaves: [leaf(), otherLeaf()],
      assets: [
        { assetId: WEB, name: 'web-1', owner: 'olga', maintenanceGroup: 'shop' },
        { assetId: DB, name: 'db-1', owner: null, maintenanceGroup: 'data' },
      ],
      zones: { shop: 'Europe/Berlin' },
      fixes: ['CVE-2026-0002'],
      why: 'Exploited in the wild.',
      due: NOW,
    };
    await world.database.db
      .insertInto('access.person')
      .values(
        [
          { login: 'olga', name: 'Olga Owner', mail: 'olga@example.org' },
          { login: 'ivy', name: 'Ivy', mail: 'ivy@example.org' },
        ].map((person) => ({ ...person, id: newId(), roles: [], password_hash: 'none', created_at: timestamp(NOW) })),
      )
      .execute();
    box = await openMailBox();
    const door = openMailDoor({ smtpUrl: box.url, from: 'patches@example.org' });
    doors = { mail: { door, domain: 'example.org' }, webhook: null, pauseMsMin: MINUTE_MS };
  });
  afterEach(async () => {
    doors.mail?.door.close();
    await box.close();
    await world.close();
  });

  const mint = { newId, randomBytes: (count: number) => randomBytes(count) };
  const queue = () =>
    world.corridor.change({ actor: 'system', at: world.now }, (tx) => queueNotices(tx, subject, world.now));
  const progress = () => world.database.db.transaction().execute((tx) => prepareNotices(tx, subject));
  const notices = async () => (await world.get(`campaigns/${CAMPAIGN}/notices`)) as NoticeList;
  /** As the outbox of a server does it, with the timers that came due. */
  async function work(): Promise<void> {
    await fireTimers(world.database.db, world.now);
    const handlers = {
      [NOTICE_WISH]: (wish: { key: string; at: number }, tx: Parameters<typeof grantNotice>[2]) =>
        grantNotice(doors, wish, tx),
      'campaign.progress': (wish: { key: string }) => {
        wished.push(wish.key);
        return Promise.resolve({ value: undefined });
      },
    };
    const log = createLog({ level: 'silent' });
    for (let round = 0; round < 5; round += 1) {
      await grantDue({ db: world.database.db, mint, clock: () => world.now, log, handlers, announce: () => undefined });
    }
  }

  it('go to owners and stakeholders once, and leave receipts behind', async () => {
    await world.post('stakeholders', {
      channel: 'mail',
      group: '*',
      address: 'desk@example.org',
      name: 'Service desk',
    });
    await queue();
    await queue();
    expect((await progress()).receipts).toBeNull();

    await work();

    expect(box.received.map(({ to }) => to).sort()).toEqual(['desk@example.org', 'olga@example.org']);
    expect(box.received.find(({ to }) => to === 'olga@example.org')?.mail).not.toContain('db-1');
    expect(box.received.find(({ to }) => to === 'desk@example.org')?.mail).toContain('db-1');
    const { items } = await notices();
    expect(items.map(({ state, attempts, reason }) => [state, attempts, reason])).toEqual([
      ['sent', 1, null],
      ['sent', 1, null],
    ]);
    for (const { messageId } of items) {
      expect(box.received.some(({ mail }) => mail.includes(`Message-ID: <${messageId}@example.org>`))).toBe(true);
    }
    const after = await progress();
    expect(after.receipts).toMatch(/^sha256:/);
    expect(after.notices.map(({ outcome }) => outcome)).toEqual(['delivered', 'delivered']);
    expect(after.unheard).toEqual([]);
    expect(new Set(wished)).toEqual(new Set([CAMPAIGN]));
    const kinds = await world.database.db.selectFrom('documentation.leaf').select('kind').orderBy('serial').execute();
    expect(kinds.map(({ kind }) => kind).filter((kind) => kind.startsWith('notice.'))).toEqual([
      'notice.queued',
      'notice.queued',
      'notice.settled',
      'notice.settled',
    ]);
  });

  it('a mailbox that is not there is a reason, and the receipts say so', async () => {
    box.refuse = { address: 'olga@example.org', responseCode: 550 };
    await queue();

    await work();

    expect((await notices()).items).toMatchObject([{ state: 'bounced', reason: { code: 'notice-undelivered' } }]);
    expect(await progress()).toMatchObject({
      notices: [{ to: 'olga@example.org', outcome: 'bounced', at: null }],
      unheard: [DB],
      receipts: expect.stringMatching(/^sha256:/),
    });
  });

  it('a mailbox that is full is tried again under the same Message-ID', async () => {
    box.refuse = { address: 'olga@example.org', responseCode: 452 };
    await queue();
    await work();
    expect((await notices()).items).toMatchObject([
      { state: 'waiting', attempts: 1, answer: expect.stringContaining('refused') },
    ]);

    box.refuse = null;
    await work();
    expect(box.received).toEqual([]);
    world.now += MINUTE_MS;
    await work();

    expect((await notices()).items).toMatchObject([{ state: 'sent', attempts: 2 }]);
    expect(box.received).toHaveLength(1);
  });

  it('without a mail server they wait, and say for what', async () => {
    doors.mail?.door.close();
    doors = { ...doors, mail: null };
    await queue();

    await work();

    expect((await notices()).items).toMatchObject([{ state: 'waiting', answer: expect.stringContaining('smtpUrl') }]);
  });

  it('stakeholders are added, renamed and removed, each with an entry in the record', async () => {
    const desk = { channel: 'webhook', group: 'shop', address: 'https://desk.example.org/hook' } as const;
    await world.post('stakeholders', desk);
    await world.post('stakeholders', desk);
    await world.post('stakeholders', { ...desk, name: 'Desk' });
    expect(await world.get('stakeholders')).toEqual({ items: [{ ...desk, name: 'Desk' }] });

    const removed = await world.app.inject({ method: 'DELETE', url: '/api/v1/stakeholders', payload: desk });

    expect(removed.statusCode).toBe(200);
    expect(await world.get('stakeholders')).toEqual({ items: [] });
    const leaves = await world.database.db.selectFrom('documentation.leaf').select('kind').orderBy('serial').execute();
    expect(leaves.map(({ kind }) => kind).filter((kind) => kind.startsWith('stakeholder.'))).toEqual([
      'stakeholder.added',
      'stakeholder.added',
      'stakeholder.removed',
    ]);
  });
});
