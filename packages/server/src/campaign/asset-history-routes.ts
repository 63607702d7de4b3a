import type { AssetMoment } from '@patchsteward/contract';
import type { Policy } from '@patchsteward/core/policy';
import { z } from 'zod';
import { readAssetNames } from '../1-identification/scope.ts';
import { type Job, listAssetJobs } from '../6-deployment/job-store.ts';
import type { JsonValue } from '../platform/column-types.ts';
import type { Db } from '../platform/database.ts';
import type { Handlers } from '../platform/http/bind.ts';
import { decodeCursor, encodeCursor } from '../platform/http/cursor.ts';
import { Refusal } from '../platform/http/refusal.ts';
import {
  type AssetMomentRow,
  campaignsOfAsset,
  countAssetMoments,
  countCampaignsOfAsset,
  listAssetMoments,
} from './asset-history-store.ts';
import { jobBody, summaryBody } from './body.ts';
import { readPinned } from './pinned-labels.ts';

type AssetHistoryRouteId = 'asset.campaigns' | 'asset.pinned' | 'asset.timeline';

const CampaignCursor = z.tuple([z.boolean(), z.number(), z.uuid()]);
const MomentCursor = z.tuple([z.number().int()]);

/** What campaigns did, and do, with one asset; what the record says about it. */
export function assetHistoryRoutes(parts: { readonly db: Db; readonly policy: Policy }): Handlers<AssetHistoryRouteId> {
  const { db, policy } = parts;
  return {
    'asset.campaigns': async ({ params, query, now }) => {
      const names = await namesOf(db, params.id);
      const after = query.cursor === undefined ? undefined : decodeCursor(query.cursor, CampaignCursor);
      const rows = await campaignsOfAsset(db, params.id, { after, limit: query.limit + 1 });
      const shown = rows.slice(0, query.limit);
      const last = shown.at(-1);
      const more = last !== undefined && rows.length > shown.length;
      const jobs = await listAssetJobs(db, params.id);
      return {
        items: shown.map((row) => {
          const job = lastJob(jobs, row.id);
          return { campaign: summaryBody(row, policy, now), job: job === undefined ? null : jobBody(job, names) };
        }),
        next: more ? encodeCursor([last.ended, last.openedAt, last.id]) : null,
        total: await countCampaignsOfAsset(db, params.id),
      };
    },
    'asset.pinned': async ({ params }) => {
      await namesOf(db, params.id);
      return readPinned(db, params.id);
    },
    'asset.timeline': async ({ params, query }) => {
      await namesOf(db, params.id);
      const after = query.cursor === undefined ? undefined : decodeCursor(query.cursor, MomentCursor)[0];
      const rows = await listAssetMoments(db, params.id, { after, limit: query.limit + 1 });
      const shown = rows.slice(0, query.limit);
      const last = shown.at(-1);
      return {
        items: shown.map(momentBody),
        next: last !== undefined && rows.length > shown.length ? encodeCursor([last.serial]) : null,
        total: await countAssetMoments(db, params.id),
      };
    },
  };
}

async function namesOf(db: Db, assetId: string): Promise<ReadonlyMap<string, string>> {
  const names = await readAssetNames(db, [assetId]);
  if (names.size === 0) throw new Refusal('not-found', `There is no asset ${assetId}.`);
  return names;
}

/** The order in which plans were made says which of several was the last. */
function lastJob(jobs: readonly Job[], campaign: string): Job | undefined {
  return jobs.filter((job) => job.campaign === campaign).sort((a, b) => b.state.epoch - a.state.epoch)[0];
}

function momentBody({ leaf, index, at, actor, by, kind, payload, campaign, title, job }: AssetMomentRow): AssetMoment {
  const about = campaign === null || title === null || job === null ? null : { campaign, title, job };
  return {
    ...{ leaf, index, actor, by, kind },
    at: new Date(at).toISOString(),
    job: about,
    payload: recordOf(payload),
  };
}

/** Every payload is an object; what would not be one says nothing. */
function recordOf(payload: JsonValue): Record<string, unknown> {
  if (typeof payload !== 'object' || payload === null || Array.isArray(payload)) return {};
  return Object.fromEntries(Object.entries(payload));
}
