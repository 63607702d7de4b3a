import type { CampaignEvent } from '@patchsteward/core/campaign';
import type { Leaf, PlanBody } from '@patchsteward/core/plan';
import type { Hash, Instant } from '@patchsteward/core/vocabulary';
import { type Envelope, PAYLOAD_TYPES, sealEnvelope, withSignature } from '@patchsteward/trust/dsse';
import { encodeLeaf, encodePlan, planIdOf } from '@patchsteward/trust/plan';
import { encodeStatement, payloadTypeOf, type Statement } from '@patchsteward/trust/statement';
import type { FastifyInstance } from 'fastify';
import { KEYS, type KeyName, NOW, rootEnvelope, signature, team } from '../../../../trust/src/testing/people.ts';
import { DB, leaf, otherLeaf, planOf, WEB } from '../../../../trust/src/testing/plans.ts';
import { testCorridor } from '../../1-identification/testing/reported-host.ts';
import { storeWaiver } from '../../4-backup/waiver-store.ts';
import type { FeedEvent, HoldCampaign } from '../../platform/campaign-door.ts';
import { timestamp } from '../../platform/column-types.ts';
import type { Corridor } from '../../platform/corridor.ts';
import { Refusal } from '../../platform/http/refusal.ts';
import { createTestApp } from '../../platform/testing/app.ts';
import { createTestDatabase, type TestDatabase } from '../../platform/testing/database.ts';
import { noticeRoutes } from '../notice-routes.ts';
import { planRoutes } from '../plan-routes.ts';
import { insertPlan } from '../plan-store.ts';
import { rootRoutes } from '../root-routes.ts';
import { statementRoutes } from '../statement-routes.ts';

export const CAMPAIGN = '0190a000-0000-7000-8000-00000000cafe';

/** Step 5 behind its real routes on a database of its own. The campaign behind it writes down what it is told. */
export interface ApprovalWorld {
  readonly database: TestDatabase;
  readonly corridor: Corridor;
  readonly app: FastifyInstance;
  readonly events: CampaignEvent[];
  /** What the campaign refuses from now on; null: nothing. */
  refuses: ((event: CampaignEvent) => boolean) | null;
  now: Instant;
  /** What a signer waits for who wants to hold the campaign of a plan. */
  hold: { free: Promise<void>; asked: number };
  readonly post: (
    path: string,
    payload: object,
  ) => Promise<{ status: number; body: Record<string, unknown>; code: string | undefined }>;
  readonly get: (path: string) => Promise<unknown>;
  readonly publish: () => Promise<void>;
  readonly storePlan: (body?: Partial<PlanBody>, leaves?: readonly Leaf[]) => Promise<Hash>;
  readonly close: () => Promise<void>;
}

export async function openApprovalWorld(): Promise<ApprovalWorld> {
  const database = await createTestDatabase();
  const { db } = database;
  const corridor = testCorridor(db);
  const events: CampaignEvent[] = [];
  const feed: FeedEvent = (_tx, { event }) => {
    if (world.refuses?.(event) === true) throw new Refusal('event-refused', 'The campaign does not stand there.');
    events.push(event);
    return Promise.resolve({ state: 'planned', leaves: [], wishes: [], timers: [] });
  };
  const hold: HoldCampaign = () => {
    world.hold.asked += 1;
    return world.hold.free;
  };
  const app = await createTestApp(
    {
      ...rootRoutes({ db, corridor }),
      ...planRoutes({ db, corridor, feed, hold }),
      ...statementRoutes({ db, corridor, feed, keepWaiver: storeWaiver }),
      ...noticeRoutes({
        ...{ db, corridor, doors: { mail: null, webhook: null } },
        channels: { mailFrom: null, webhook: false, consoleUrl: null },
      }),
    },
    { now: () => world.now },
  );
  for (const id of [WEB, DB]) {
    await db
      .insertInto('identification.asset')
      .values({ id, name: id === WEB ? 'web-1' : 'db-1', first_seen: timestamp(NOW) })
      .execute();
  }
  const post: ApprovalWorld['post'] = async (path, payload) => {
    const response = await app.inject({ method: 'POST', url: `/api/v1/${path}`, payload });
    const body = response.json();
    return { status: response.statusCode, body, code: body.error?.code };
  };
  const world: ApprovalWorld = {
    database,
    corridor,
    app,
    events,
    refuses: null,
    now: NOW,
    hold: { free: Promise.resolve(), asked: 0 },
    post,
    get: async (path) => (await app.inject({ method: 'GET', url: `/api/v1/${path}` })).json(),
    publish: async () => {
      const published = await post('trust/roots', { envelope: rootEnvelope(team(), 'ada', 'adrian') });
      if (published.status !== 200) throw new Error(JSON.stringify(published.body));
    },
    storePlan: async (given = {}, leaves = [leaf(), otherLeaf()]) => {
      const body = planOf(leaves, given);
      const payload = encodePlan(body);
      const plan = planIdOf(payload);
      const stored = leaves.map((one) => ({ assetId: one.assetId, bytes: encodeLeaf(one) }));
      await corridor.change({ actor: 'system', at: world.now }, async (tx) => {
        await insertPlan(tx, { plan, body, payload, leaves: stored }, world.now);
        return { value: undefined };
      });
      return plan;
    },
    close: async () => {
      await app.close();
      await database.close();
    },
  };
  return world;
}

export function signedStatement(statement: Statement, ...names: readonly KeyName[]): Envelope {
  const sealed = sealEnvelope(payloadTypeOf(statement), encodeStatement(statement));
  return names.reduce((envelope, name) => withSignature(envelope, signature(sealed, KEYS[name])), sealed);
}

export function sealedPlan(payload: string): Envelope {
  return sealEnvelope(PAYLOAD_TYPES.plan, Buffer.from(payload, 'base64'));
}
