import type { PlanShown } from '@patchsteward/contract';
import type { Hash } from '@patchsteward/core/vocabulary';
import { authorizePlan } from '@patchsteward/trust/authorize';
import { leafTree } from '@patchsteward/trust/plan';
import { sql } from 'kysely';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { KEYS, type KeyName, knownOf, NOW, signature, team } from '../../../trust/src/testing/people.ts';
import { DB, guard, WEB } from '../../../trust/src/testing/plans.ts';
import { describeWithDatabase } from '../platform/testing/database.ts';
import { leafOfAsset, supersedePlan } from './plan-store.ts';
import { type ApprovalWorld, CAMPAIGN, openApprovalWorld, sealedPlan } from './testing/approval-world.ts';

const HOUR_MS = 3_600_000;

describeWithDatabase('signatures under plans', () => {
  let world: ApprovalWorld;
  let plan: Hash;
  beforeEach(async () => {
    world = await openApprovalWorld();
    await world.publish();
    plan = await world.storePlan();
  });
  afterEach(() => world.close());

  const shown = async (hash: Hash = plan): Promise<PlanShown> => (await world.get(`plans/${hash}`)) as PlanShown;
  async function sign(name: KeyName, intent: 'request' | 'approve' | 'test', more: object = {}, hash: Hash = plan) {
    const { envelope } = await shown(hash);
    const { keyid, sig } = signature(sealedPlan(envelope.payload), KEYS[name]);
    const why = intent === 'request' ? 'Exploited in the wild.' : null;
    // Nobody signs in the same instant as another.
    world.now += 1_000;
    return world.post(`plans/${hash}/signatures`, { keyid, sig, intent, why, ...more });
  }

  it('a request and votes become events, and together an envelope that hosts act on', async () => {
    const answers = [await sign('ivy', 'request'), await sign('cara', 'approve'), await sign('sam', 'approve')];

    expect(answers.map(({ status, body }) => [status, body['person'], body['state']])).toEqual([
      [200, 'ivy', 'planned'],
      [200, 'cara', 'planned'],
      [200, 'sam', 'planned'],
    ]);
    expect(world.events).toEqual([
      {
        kind: 'change.requested',
        plan,
        why: 'Exploited in the wild.',
        signed: { person: 'ivy', roles: ['it'], keyClass: 'cli', statement: plan },
      },
      {
        kind: 'approval.signed',
        plan,
        signed: { person: 'cara', roles: ['change'], keyClass: 'cli', statement: plan },
      },
      {
        kind: 'approval.signed',
        plan,
        signed: { person: 'sam', roles: ['security'], keyClass: 'cli', statement: plan },
      },
    ]);
    const { envelope } = await shown();
    const request = { known: knownOf(team()), pinned: guard(), now: NOW, superseded: [], quarantined: [] };
    expect(authorizePlan({ ...request, envelope })).toMatchObject({ ok: true, value: { planId: plan } });
    expect(await world.get(`campaigns/${CAMPAIGN}/plans`)).toMatchObject({
      items: [{ plan, requester: 'ivy', signatures: [{ person: 'ivy' }, { person: 'cara' }, { person: 'sam' }] }],
    });
  });

  it('whoever waits for the campaign does not hold its plan: one order of locks, and nobody waits in a circle', async () => {
    const gate = Promise.withResolvers<void>();
    world.hold = { free: gate.promise, asked: 0 };
    const signing = sign('ivy', 'request');
    await vi.waitFor(() => expect(world.hold.asked).toBe(1));

    // As the campaign does that has another plan for its hosts.
    const free = await sql`select from approval.plan where hash = ${plan} for update nowait`.execute(world.database.db);
    gate.resolve();

    expect(free.rows).toHaveLength(1);
    expect((await signing).status).toBe(200);
  });

  it('leaves come byte for byte, in pages, and give the root that is signed', async () => {
    const first = (await world.get(`plans/${plan}/leaves?limit=1`)) as { items: { leaf: string }[]; next: string };
    const second = (await world.get(`plans/${plan}/leaves?limit=1&cursor=${first.next}`)) as typeof first;

    const bytes = [...first.items, ...second.items].map(({ leaf }) => Buffer.from(leaf, 'base64'));
    const body = JSON.parse(Buffer.from((await shown()).envelope.payload, 'base64').toString()) as {
      leavesRoot: string;
    };
    expect(second.next).toBeNull();
    expect(leafTree(bytes).root).toBe(body.leavesRoot);
    expect((await leafOfAsset(world.database.db, plan, WEB))?.body).toEqual(bytes[0]);
    expect((await leafOfAsset(world.database.db, plan, DB))?.index).toBe(1);
  });

  it('a passkey votes from the console, for this plan alone', async () => {
    const other = await world.storePlan({ epoch: 8 });
    const { keyid, sig } = signature(sealedPlan((await shown(other)).envelope.payload), KEYS.caraPasskey);
    const borrowed = await world.post(`plans/${plan}/signatures`, { keyid, sig, intent: 'approve' });
    expect(borrowed.code).toBe('signature-wrong');
    expect(JSON.stringify(borrowed.body)).toContain('other-challenge');

    expect(await sign('caraPasskey', 'approve')).toMatchObject({ status: 200, body: { person: 'cara' } });
    expect((await shown()).signatures).toMatchObject([{ person: 'cara', keyClass: 'console' }]);
    expect(world.events).toMatchObject([{ kind: 'approval.signed', signed: { keyClass: 'console' } }]);
  });

  it('the same signature again changes nothing', async () => {
    await sign('cara', 'approve');

    const again = await sign('cara', 'approve');

    expect(again).toMatchObject({ status: 200, body: { state: null } });
    expect(world.events).toHaveLength(1);
  });

  it('IT signs a test plan, and its requester may', async () => {
    const testPlan = await world.storePlan({ kind: 'test', requester: 'ivy' });

    expect((await sign('cara', 'test', {}, testPlan)).code).toBe('role-missing');
    expect((await sign('ivy', 'approve', {}, testPlan)).code).toBe('bad-request');
    expect((await sign('ivy', 'test', {}, testPlan)).status).toBe(200);
    expect(world.events).toMatchObject([{ kind: 'test.started', plan: testPlan, signed: { person: 'ivy' } }]);
  });

  describe('refused, and nothing is kept:', () => {
    afterEach(async () => {
      expect(world.events).toEqual([]);
      expect((await shown()).signatures).toEqual([]);
    });

    it.each([
      ['the vote of whoever asked', 'ivy', 'approve', {}, 'requester-is-approver'],
      ['their vote with another key of theirs', 'ivySecond', 'approve', {}, 'requester-is-approver'],
      ['a request by somebody else', 'cara', 'request', {}, 'not-the-requester'],
      ['a request without a why', 'ivy', 'request', { why: ' ' }, 'bad-request'],
      ['a vote without a role that may vote', 'ada', 'approve', {}, 'role-missing'],
      ['a key that the root does not know', 'stranger', 'approve', {}, 'signer-unknown'],
      ['a machine', 'prober', 'approve', {}, 'signer-unknown'],
      [
        'a signature over something else',
        'cara',
        'approve',
        { sig: Buffer.alloc(64).toString('base64') },
        'signature-wrong',
      ],
      ['a production plan signed as a test', 'ivy', 'test', {}, 'bad-request'],
    ] as const)('%s', async (_, name, intent, more, code) => {
      expect((await sign(name, intent, more)).code).toBe(code);
    });

    it('the signature under another plan', async () => {
      const other = await world.storePlan({ epoch: 8 });
      const { keyid, sig } = signature(sealedPlan((await shown(other)).envelope.payload), KEYS.cara);

      const { code } = await world.post(`plans/${plan}/signatures`, { keyid, sig, intent: 'approve' });

      expect(code).toBe('signature-wrong');
    });

    it('a plan past its time, one that gave way, one that does not exist', async () => {
      const other = await world.storePlan({ epoch: 8 });
      await world.corridor.change({ actor: 'system', at: NOW }, async (tx) => {
        await supersedePlan(tx, plan, other);
        return { value: undefined };
      });
      expect((await sign('cara', 'approve')).code).toBe('plan-superseded');
      world.now = NOW + 25 * HOUR_MS;
      expect((await sign('cara', 'approve', {}, other)).code).toBe('plan-expired');
      const nowhere = `sha256:${'0'.repeat(64)}`;
      expect(
        (await world.post(`plans/${nowhere}/signatures`, { keyid: nowhere, sig: 'AAAA', intent: 'approve' })).code,
      ).toBe('not-found');
    });

    it('what the campaign does not take', async () => {
      world.refuses = () => true;

      expect((await sign('cara', 'approve')).code).toBe('event-refused');
    });
  });

  it('neither a plan nor a signature is edited in the database', async () => {
    await sign('cara', 'approve');
    const { db } = world.database;

    await expect(db.updateTable('approval.plan').set({ requester: 'sam' }).execute()).rejects.toThrow(/not changed/);
    await expect(db.updateTable('approval.plan_signature').set({ person: 'sam' }).execute()).rejects.toThrow(
      /not changed/,
    );
    await expect(db.deleteFrom('approval.plan_leaf').execute()).rejects.toThrow(/not changed/);
  });
});
