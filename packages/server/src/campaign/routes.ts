import type { CampaignEvent } from '@patchsteward/core/campaign';
import { z } from 'zod';
import { readAssetNames } from '../1-identification/scope.ts';
import { listCampaignJobs } from '../6-deployment/job-store.ts';
import type { FeedEvent } from '../platform/campaign-door.ts';
import type { Db } from '../platform/database.ts';
import { actorOf } from '../platform/http/actor.ts';
import type { Handlers } from '../platform/http/bind.ts';
import { decodeCursor, encodeCursor } from '../platform/http/cursor.ts';
import { Refusal } from '../platform/http/refusal.ts';
import { campaignBody, eventBody, explanationBody, jobBody, summaryBody } from './body.ts';
import {
  type CampaignPlace,
  type CampaignRow,
  countCampaigns,
  listCampaigns,
  readCampaignRow,
} from './campaign-store.ts';
import { countEvents, listEvents } from './event-store.ts';
import type { By } from './feed.ts';
import { type OpeningParts, openCampaign } from './open.ts';
import { openManualCampaign } from './open-manual.ts';
import { requesterOf } from './requester.ts';

type CampaignRouteId =
  | 'campaign.open'
  | 'campaign.open-manual'
  | 'campaign.list'
  | 'campaign.show'
  | 'campaign.explain'
  | 'campaign.events'
  | 'campaign.jobs'
  | 'campaign.halt'
  | 'campaign.withdraw';

const CampaignCursor = z.tuple([z.boolean(), z.number(), z.uuid()]);
const EventCursor = z.tuple([z.number(), z.string(), z.number()]);
const JobCursor = z.tuple([z.string()]);

export interface CampaignRouteParts extends OpeningParts {
  readonly db: Db;
  readonly feed: FeedEvent;
}

/** What people do with campaigns beside signing: rooms 4 and 5 take their signed words. */
export function campaignRoutes(parts: CampaignRouteParts): Handlers<CampaignRouteId> {
  const { db, policy } = parts;
  const summary = async (id: string, now: number) => summaryBody(await rowOf(db, id), policy, now);
  return {
    'campaign.open': async ({ body, principal, now }) => {
      const by = { actor: actorOf(principal), at: now };
      const id = await openCampaign(parts, body, await requesterOf(db, body, principal), by);
      return summary(id, now);
    },
    'campaign.open-manual': async ({ body, principal, now }) => {
      const by = { actor: actorOf(principal), at: now };
      const id = await openManualCampaign(parts, body, await requesterOf(db, body, principal), by);
      return summary(id, now);
    },
    'campaign.list': async ({ query, now }) => {
      const { search, open, cursor, limit } = query;
      const after: CampaignPlace | undefined = cursor === undefined ? undefined : decodeCursor(cursor, CampaignCursor);
      const rows = await listCampaigns(db, { search, open, after, limit: limit + 1 });
      const shown = rows.slice(0, limit);
      const last = shown.at(-1);
      const more = last !== undefined && rows.length > shown.length;
      return {
        items: shown.map((row) => summaryBody(row, policy, now)),
        next: more ? encodeCursor([last.ended, last.openedAt, last.id]) : null,
        total: await countCampaigns(db, { search, open }),
      };
    },
    'campaign.show': async ({ params, now }) =>
      campaignBody(await rowOf(db, params.id), await listCampaignJobs(db, params.id), policy, now),
    'campaign.explain': async ({ params, now }) => explanationBody((await rowOf(db, params.id)).state, policy, now),
    'campaign.events': async ({ params, query }) => {
      await rowOf(db, params.id);
      const after = query.cursor === undefined ? undefined : decodeCursor(query.cursor, EventCursor);
      const rows = await listEvents(db, params.id, { after, limit: query.limit + 1 });
      const shown = rows.slice(0, query.limit);
      const last = shown.at(-1);
      const more = last !== undefined && rows.length > shown.length;
      const hosts = await hostsOfStreams(db, params.id);
      return {
        items: shown.map((row) => eventBody(row, hosts)),
        next: more ? encodeCursor([last.at, last.stream, last.version]) : null,
        total: await countEvents(db, params.id),
      };
    },
    'campaign.jobs': async ({ params, query }) => {
      await rowOf(db, params.id);
      const jobs = (await listCampaignJobs(db, params.id)).sort((a, b) => (a.key < b.key ? -1 : 1));
      const [after] = query.cursor === undefined ? [] : decodeCursor(query.cursor, JobCursor);
      const rest = after === undefined ? jobs : jobs.filter(({ key }) => key > after);
      const shown = rest.slice(0, query.limit);
      const last = shown.at(-1);
      const names = await readAssetNames(
        db,
        shown.map(({ assetId }) => assetId),
      );
      return {
        items: shown.map((job) => jobBody(job, names)),
        next: last !== undefined && rest.length > shown.length ? encodeCursor([last.key]) : null,
        total: jobs.length,
      };
    },
    'campaign.halt': async ({ params, body, principal, now }) => {
      await say(parts, params.id, { kind: 'halt', why: body.why }, { actor: actorOf(principal), at: now });
      return summary(params.id, now);
    },
    'campaign.withdraw': async ({ params, body, principal, now }) => {
      const { why, vendor } = body;
      const event = { kind: 'campaign.withdrawn', why, vendor } as const;
      await say(parts, params.id, event, { actor: actorOf(principal), at: now });
      return summary(params.id, now);
    },
  };
}

async function say({ corridor, feed }: CampaignRouteParts, campaign: string, event: CampaignEvent, by: By) {
  await corridor.change(by, async (tx) => {
    const { leaves, wishes, timers } = await feed(tx, { campaign, event, ...by });
    return { value: undefined, leaves, wishes, timers };
  });
}

async function hostsOfStreams(db: Db, campaign: string): Promise<ReadonlyMap<string, string>> {
  const jobs = await listCampaignJobs(db, campaign);
  const names = await readAssetNames(
    db,
    jobs.map(({ assetId }) => assetId),
  );
  return new Map(jobs.map(({ key, assetId }) => [`job:${key}`, names.get(assetId) ?? assetId]));
}

async function rowOf(db: Db, id: string): Promise<CampaignRow> {
  const row = await readCampaignRow(db, id);
  if (row === undefined) throw new Refusal('not-found', `There is no campaign ${id}.`);
  return row;
}
