import type { ManualCampaignRequest } from '@patchsteward/contract';
import { PRODUCT_SCOPE } from '@patchsteward/core/1-identification';
import { joinAssessments } from '@patchsteward/core/2-evaluation';
import type { CampaignEvent } from '@patchsteward/core/campaign';
import { checklistFault } from '@patchsteward/core/plan';
import { condenseReasons } from '@patchsteward/core/vocabulary';
import { type AssessedProducts, assessProducts, type ListedProductAsset } from '../1-identification/product-update.ts';
import { readScopedAssets } from '../1-identification/scope.ts';
import { readAnswers } from '../2-evaluation/response-cover-store.ts';
import type { Tx } from '../platform/database.ts';
import { Refusal, type RefusalDetail } from '../platform/http/refusal.ts';
import type { By } from './feed.ts';
import { type OpeningParts, openWith } from './open.ts';

/** People take one product of assets without an agent to a version; from here on it is a campaign like any other. */
export async function openManualCampaign(
  parts: OpeningParts,
  request: ManualCampaignRequest,
  requester: string,
  by: By,
): Promise<string> {
  refuseChecklist(request);
  return parts.corridor.change(by, async (tx) => {
    await refusePeople(tx, request);
    const ids = request.assets.map(({ asset }) => asset);
    const asked = { assetIds: ids, to: request.to, policy: parts.policy, readSaid: readAnswers, now: by.at };
    const assessed = await assessProducts(tx, asked);
    refuseAssets(request, assessed);
    const events = await firstEvents(tx, request, assessed, requester);
    const { campaign, changes } = await openWith(tx, parts, events, by);
    return changes.with(campaign);
  });
}

const CHECKLIST_FAULTS = {
  'steps-not-in-order': 'goes in the order prerequisite, backup, install, restart, check',
  'step-missing': 'has an item that installs and one that checks',
  'no-proof': 'has a check that wants a note or a file: a tick alone is a claim',
} as const;

function refuseChecklist({ checklist }: ManualCampaignRequest): void {
  const fault = checklistFault(checklist);
  if (fault === null) return;
  throw new Refusal('bad-request', `A checklist ${CHECKLIST_FAULTS[fault]}.`, {
    details: [{ path: 'body.checklist', problem: CHECKLIST_FAULTS[fault] }],
  });
}

/** Somebody who can sign in: what nobody can take would count until its plan ends. */
async function refusePeople(tx: Tx, { assets }: ManualCampaignRequest): Promise<void> {
  const wanted = [...new Set(assets.map(({ person }) => person))];
  const rows = await tx
    .selectFrom('access.person')
    .select('login')
    .where('login', 'in', wanted)
    .where('disabled_at', 'is', null)
    .execute();
  const known = new Set(rows.map(({ login }) => login));
  refuseWith(
    assets.flatMap(({ person }, index) =>
      known.has(person) ? [] : [{ path: `body.assets[${index}].person`, problem: `${person} is no person here` }],
    ),
  );
}

/** One product, known versions, and something to do on each. */
function refuseAssets({ assets, to }: ManualCampaignRequest, { found, product }: AssessedProducts): void {
  const byId = new Map(found.map((asset) => [asset.assetId, asset]));
  const ids = assets.map(({ asset }) => asset);
  refuseWith(
    ids.flatMap((id, index) => {
      const problem = ids.indexOf(id) === index ? problemOf(byId.get(id), product, to) : 'it is named twice';
      return problem === null ? [] : [{ path: `body.assets[${index}].asset`, problem }];
    }),
  );
}

function problemOf(asset: ListedProductAsset | undefined, product: string, to: string): string | null {
  if (asset === undefined) return 'no asset from a list with a product: a host with an agent is patched by its agent';
  if (asset.product !== product) return `it is ${asset.product}; one campaign has one product (${product})`;
  if (asset.version === '') return 'no list says which version it has';
  return asset.version === to ? `it has ${to} already` : null;
}

function refuseWith(details: readonly RefusalDetail[]): void {
  if (details.length === 0) return;
  throw new Refusal('bad-request', 'Some of this cannot be worked on by hand; the details say what.', {
    details: details.slice(0, 20),
  });
}

async function firstEvents(
  tx: Tx,
  { assets, checklist, to }: ManualCampaignRequest,
  { product, fixes, assessments }: AssessedProducts,
  requester: string,
): Promise<(campaign: string) => CampaignEvent[]> {
  const people = new Map(assets.map(({ asset, person }) => [asset, person]));
  const ids = assets.map(({ asset }) => asset);
  const scoped = (await readScopedAssets(tx, ids, () => null)).map((asset) => {
    const person = people.get(asset.assetId);
    return person === undefined ? asset : { ...asset, person };
  });
  const { releasedAt, firstSeen, lane, due, reasons } = joinAssessments(assessments);
  const targets = [{ name: product, architecture: '', to }];
  const update = { scope: PRODUCT_SCOPE, source: product, sourceVersion: to, targets, fixes, checklist };
  return (campaign) => [
    {
      ...{ kind: 'update.seen', campaign, title: `${product} ${to} by hand` },
      ...{ updates: [update], requester, releasedAt, firstSeen },
    },
    { kind: 'scope.computed', assets: scoped },
    { kind: 'lane.proposed', lane, due, reasons: condenseReasons(reasons) },
  ];
}
