import type { Policy } from '@patchsteward/core/policy';
import { readPlan } from '../5-approval/plan-store.ts';
import { currentRoot } from '../5-approval/root-store.ts';
import { readZones } from '../6-deployment/group-store.ts';
import type { Db } from '../platform/database.ts';
import type { Handlers } from '../platform/http/bind.ts';
import { Refusal } from '../platform/http/refusal.ts';
import { type CampaignRow, readCampaignRow } from './campaign-store.ts';
import { listDocuments } from './documents.ts';
import { readCampaignEntries } from './event-store.ts';
import { evidenceFile, type OpenArtifact } from './evidence-file.ts';
import { readPlanLeaves } from './follow/jobs.ts';
import { leftOutOf } from './left-out.ts';
import { readLabelReasons } from './pinned-labels.ts';
import { planBody } from './plan-body.ts';
import { type Holder, roomsBody } from './rooms-body.ts';

type RoomRouteId = 'campaign.rooms' | 'campaign.plan' | 'campaign.document';

interface RoomRouteParts {
  readonly db: Db;
  readonly policy: Policy;
  /** Room 3 keeps the authenticity reports. */
  readonly openArtifact: OpenArtifact;
}

/** A campaign room by room, with what each verdict rests on. */
export function roomRoutes({ db, policy, openArtifact }: RoomRouteParts): Handlers<RoomRouteId> {
  return {
    'campaign.rooms': async ({ params, now }) => {
      const { state } = await rowOf(db, params.id);
      const [entries, holders, labels, documents] = await Promise.all([
        readCampaignEntries(db, params.id),
        readHolders(db),
        readLabelReasons(
          db,
          state.assets.map(({ assetId }) => assetId),
        ),
        listDocuments(db, params.id),
      ]);
      return {
        items: roomsBody({ state, entries, holders, policy, now }),
        labels,
        documents: documents.map(({ storedAt, ...document }) => ({ ...document, storedAt: timeOf(storedAt) })),
      };
    },
    'campaign.plan': async ({ params, query }) => {
      const { state } = await rowOf(db, params.id);
      const current = { test: state.trial.plan, production: state.plan?.hash ?? null, rollback: state.rollbackPlan };
      const hash = current[query.kind];
      const row = hash === null ? undefined : await readPlan(db, hash);
      if (row === undefined) return { plan: null };
      const [leaves, zones, leftOut] = await Promise.all([
        readPlanLeaves(db, row.plan),
        readZones(db),
        leftOutOf(db, state.id, row.plan),
      ]);
      const { plan, kind, compiledAt, notAfter } = row;
      return { plan: planBody({ state, plan: { plan, kind, compiledAt, notAfter }, leaves, zones, leftOut }) };
    },
    'campaign.document': async ({ params }) => {
      const { state } = await rowOf(db, params.id);
      const file = await evidenceFile(db, openArtifact, state, params.hash);
      if (file === undefined) throw new Refusal('not-found', `This campaign keeps no document ${params.hash}.`);
      return { ...file, mediaType: 'application/octet-stream' };
    },
  };
}

async function rowOf(db: Db, id: string): Promise<CampaignRow> {
  const row = await readCampaignRow(db, id);
  if (row === undefined) throw new Refusal('not-found', `There is no campaign ${id}.`);
  return row;
}

async function readHolders(db: Db): Promise<Holder[]> {
  const root = await currentRoot(db);
  return (root?.root.people ?? []).map(({ login, name, roles }) => ({ login, name, roles }));
}

function timeOf(instant: number): string {
  return new Date(instant).toISOString();
}
