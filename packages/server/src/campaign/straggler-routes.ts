import type { Stragglers } from '@patchsteward/contract';
import { type CampaignState, stragglersOf } from '@patchsteward/core/campaign';
import type { Instant } from '@patchsteward/core/vocabulary';
import { readForked } from '../6-deployment/host-store.ts';
import { listPlanJobs } from '../6-deployment/job-store.ts';
import type { Db } from '../platform/database.ts';
import type { Handlers } from '../platform/http/bind.ts';
import { reasonBody } from '../platform/http/reason-body.ts';
import { Refusal } from '../platform/http/refusal.ts';
import { readCampaignRow } from './campaign-store.ts';
import { readSeen } from './follow/hosts.ts';
import { readPlanLeaves } from './follow/jobs.ts';
import { leftOutOf } from './left-out.ts';

interface Parts {
  readonly db: Db;
  readonly silenceMs: number;
}

/** Hosts that a plan has not reached, each with why and what becomes of it. */
export function stragglerRoutes(parts: Parts): Handlers<'campaign.stragglers'> {
  return {
    'campaign.stragglers': async ({ params, now }) => {
      const row = await readCampaignRow(parts.db, params.id);
      if (row === undefined) throw new Refusal('not-found', `There is no campaign ${params.id}.`);
      return { items: await readStragglers(parts, row.state, now) };
    },
  };
}

async function readStragglers(
  { db, silenceMs }: Parts,
  campaign: CampaignState,
  now: Instant,
): Promise<Stragglers['items']> {
  const { id, plan, assets } = campaign;
  if (plan === null) return [];
  const seen = await readSeen(
    db,
    assets.map(({ assetId }) => assetId),
  );
  const jobs = await listPlanJobs(db, plan.hash);
  const forked = await readForked(db, [...seen.keys()]);
  const facts = {
    ...{ campaign, silenceMs },
    leaves: await readPlanLeaves(db, plan.hash),
    jobs: jobs.map(({ assetId, state }) => ({
      job: state,
      seenAt: seen.get(assetId) ?? null,
      forked: forked.has(assetId),
    })),
    leftOut: await leftOutOf(db, id, plan.hash),
  };
  const names = new Map(assets.map(({ assetId, name }) => [assetId, name]));
  return stragglersOf(facts, now).map(({ assetId, name, reasons, next, takenUp }) => ({
    ...{ assetId, asset: name, takenUp },
    reasons: reasons.map((reason) => reasonBody({ ...reason, subject: names.get(reason.subject) ?? reason.subject })),
    next: next === null ? null : { from: textOf(next.from), until: textOf(next.until) },
  }));
}

function textOf(instant: Instant): string {
  return new Date(instant).toISOString();
}
