import { randomBytes } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { FeedImported } from '@patchsteward/contract';
import { DEFAULT_POLICY } from '@patchsteward/core/policy';
import type { Instant } from '@patchsteward/core/vocabulary';
import type { FastifyInstance } from 'fastify';
import { grantDue } from '../../campaign/outbox.ts';
import { openKnowledge } from '../../knowledge.ts';
import { AtWork } from '../../platform/at-work.ts';
import type { Corridor } from '../../platform/corridor.ts';
import { newId } from '../../platform/ids.ts';
import { createLog } from '../../platform/log.ts';
import type { Settings } from '../../platform/settings-schema.ts';
import { createTestApp } from '../../platform/testing/app.ts';
import { createTestDatabase, type TestDatabase } from '../../platform/testing/database.ts';
import { openAssetViews } from '../asset-view-reader.ts';
import { assetRoutes } from '../assets-routes.ts';
import { testCorridor } from './reported-host.ts';

/** Steps 1 and 2 behind their real routes, on a database of their own, with a clock that stands until it is moved. */
export interface World {
  readonly database: TestDatabase;
  readonly db: TestDatabase['db'];
  readonly corridor: Corridor;
  readonly app: FastifyInstance;
  /** Its routes, for a test that lets in others than the person who may do everything. */
  readonly handlers: ReturnType<ReturnType<typeof openKnowledge>['routes']>;
  readonly clock: () => Instant;
  /** Sets the clock. */
  readonly at: (now: Instant | string) => void;
  readonly get: (path: string) => Promise<{ status: number; body: unknown }>;
  readonly importFeed: (feed: string, bytes: Uint8Array | string) => Promise<FeedImported>;
  /** The refusal of a file that must not be imported. */
  readonly refuseFeed: (feed: string, bytes: Uint8Array | string) => Promise<{ code: string; message: string }>;
  /** Grants the wishes that are due, and those that they make. */
  readonly grantWishes: () => Promise<void>;
  readonly close: () => Promise<void>;
}

export const NOON: Instant = Date.UTC(2026, 10, 20, 12);
/** A loop of wishes that wish for each other would never end. */
const ROUNDS_MAX = 100;

export async function openWorld(settings: Partial<Settings> = {}): Promise<World> {
  const database = await createTestDatabase();
  const data = await mkdtemp(join(tmpdir(), 'patchsteward-world-'));
  let now = NOON;
  const clock = (): Instant => now;
  const log = createLog({ level: 'silent' });
  const { db, keptPlans } = database;
  const corridor = testCorridor(db);
  const assets = openAssetViews(db, DEFAULT_POLICY);
  const knowledge = openKnowledge({
    ...{ db, keptPlans },
    assets,
    clock,
    log,
    dice: () => 0,
    policy: DEFAULT_POLICY,
    atWork: new AtWork(),
    settings: { data, feedsDir: undefined, feedsFetch: false, feedUrls: {}, ...settings },
  });
  await knowledge.start(corridor);
  const routes = knowledge.routes(corridor);
  const app = await createTestApp(
    { ...routes, ...assetRoutes({ db, corridor, assets, policy: DEFAULT_POLICY }) },
    { now: clock },
  );
  const post = (feed: string, bytes: Uint8Array | string) =>
    app.inject({
      method: 'POST',
      url: `/api/v1/feeds/${feed}/import`,
      headers: { 'content-type': 'application/octet-stream' },
      payload: Buffer.from(bytes),
    });
  const handlers = knowledge.wishes(corridor);
  const mint = { newId, randomBytes: (count: number) => randomBytes(count) };
  return {
    database,
    db,
    corridor,
    app,
    handlers: routes,
    clock,
    at: (instant) => {
      now = typeof instant === 'string' ? Date.parse(instant) : instant;
    },
    get: async (path) => {
      const response = await app.inject({ method: 'GET', url: `/api/v1/${path}` });
      return { status: response.statusCode, body: response.json() };
    },
    importFeed: async (feed, bytes) => {
      const response = await post(feed, bytes);
      if (response.statusCode !== 200) throw new Error(response.body);
      return response.json();
    },
    refuseFeed: async (feed, bytes) => (await post(feed, bytes)).json().error,
    grantWishes: async () => {
      for (let round = 0; round < ROUNDS_MAX; round += 1) {
        if ((await grantDue({ db, mint, clock, log, handlers, announce: () => undefined })) === 'done') return;
      }
      throw new Error('wishes wish for each other without an end');
    },
    close: async () => {
      await app.close();
      await knowledge.close();
      await database.close();
      await rm(data, { recursive: true, force: true });
    },
  };
}
