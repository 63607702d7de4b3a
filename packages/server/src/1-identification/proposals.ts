import type { Proposal, ProposalPage } from '@patchsteward/contract';
import { type Assessment, assess, assessTogether, joinAssessments } from '@patchsteward/core/2-evaluation';
import type { Policy } from '@patchsteward/core/policy';
import { condenseReasons, type Instant } from '@patchsteward/core/vocabulary';
import { z } from 'zod';
import type { Reader } from '../platform/database.ts';
import { decodeCursor, encodeCursor } from '../platform/http/cursor.ts';
import { reasonBody } from '../platform/http/reason-body.ts';
import { knowledgeOf } from './knowledge.ts';
import type { PageQuery } from './memory-page.ts';
import {
  countProposed,
  type EndedFindingRow,
  listOfferedAssets,
  listProposed,
  type OfferedAssetRow,
  type ProposedPlace,
  type ProposedRow,
  readEndedFindings,
  readProposed,
} from './proposals-store.ts';

const Cursor = z.tuple([z.boolean(), z.number(), z.number(), z.number(), z.string(), z.string()]);

/** What could be opened as one campaign, with the assets that would be in it. // decided 22 */
export interface ProposedCampaign {
  readonly row: ProposedRow;
  readonly assets: readonly OfferedAssetRow[];
  /** Distinct vulnerabilities that it ends on these assets, sorted. */
  readonly fixes: readonly string[];
  readonly assessment: Assessment;
}

function proposalIdOf({ scope, source }: Pick<ProposedRow, 'scope' | 'source'>): string {
  return `${scope}/${source}`;
}

/** A page of what waits to be adopted: security first, then what ends most of what is exploited. // SOP P2.2 */
export async function proposalPage(
  reader: Reader,
  { search, cursor, limit }: PageQuery,
  policy: Policy,
  now: Instant,
): Promise<ProposalPage> {
  const after: ProposedPlace | undefined = cursor === undefined ? undefined : decodeCursor(cursor, Cursor);
  const rows = await listProposed(reader, { search, after, limit: limit + 1 });
  const shown = rows.slice(0, limit);
  const items: Proposal[] = [];
  for (const row of shown) {
    const proposed = await completed(reader, row, undefined, policy, now);
    // The lists over the fleet are counted now and then: the last host may have been patched since.
    if (proposed !== undefined) items.push(proposalBody(proposed));
  }
  const last = shown.at(-1);
  return {
    items,
    next: last === undefined || rows.length === shown.length ? null : encodeCursor(placeOf(last)),
    total: await countProposed(reader, search),
  };
}

/** One proposal as it is now; undefined where nothing is offered, or a campaign is open. `only`: of these assets. */
export async function readProposal(
  reader: Reader,
  proposal: string,
  only: readonly string[] | undefined,
  policy: Policy,
  now: Instant,
): Promise<ProposedCampaign | undefined> {
  const slash = proposal.indexOf('/');
  const row = await readProposed(reader, proposal.slice(0, slash), proposal.slice(slash + 1));
  return row === undefined ? undefined : completed(reader, row, only, policy, now);
}

async function completed(
  reader: Reader,
  row: ProposedRow,
  only: readonly string[] | undefined,
  policy: Policy,
  now: Instant,
): Promise<ProposedCampaign | undefined> {
  const offered = await listOfferedAssets(reader, row);
  const assets = only === undefined ? offered : offered.filter(({ id }) => only.includes(id));
  const findings = await readEndedFindings(reader, row);
  const bySet = findingsBySet(findings);
  const [first, ...rest] = assets.map((asset) =>
    assessAsset(row, asset, bySet.get(asset.packageSetId) ?? [], policy, now),
  );
  if (first === undefined) return undefined;
  const held = new Set(assets.map(({ packageSetId }) => packageSetId));
  const ended = findings.filter(({ set_ids }) => set_ids.some((id) => held.has(id)));
  return {
    row,
    assets,
    fixes: [...new Set(ended.map(({ vulnerability }) => vulnerability))].sort(),
    assessment: joinAssessments([first, ...rest]),
  };
}

/** An update that a campaign carries to its assets. */
interface CarriedUpdates {
  readonly updates: readonly { readonly scope: string; readonly source: string; readonly sourceVersion: string }[];
  readonly assets: readonly { readonly assetId: string }[];
}

/**
 * How urgent what a campaign ends is now, on those of its assets that are still offered it; null where it ends nothing
 * there any more. `asKnown`: each finding as it is to be taken.
 */
export async function assessUpdates(
  reader: Reader,
  { updates, assets }: CarriedUpdates,
  { policy, now }: { readonly policy: Policy; readonly now: Instant },
  asKnown: (row: EndedFindingRow) => EndedFindingRow,
): Promise<Assessment | null> {
  const inScope = new Set(assets.map(({ assetId }) => assetId));
  const assessments: Assessment[] = [];
  for (const { scope, source, sourceVersion } of updates) {
    const version = { scope, source, source_version: sourceVersion };
    const bySet = findingsBySet((await readEndedFindings(reader, version)).map(asKnown));
    for (const asset of await listOfferedAssets(reader, version)) {
      const [first, ...rest] = (bySet.get(asset.packageSetId) ?? []).map((row) => knowledgeOf(row).facts);
      if (first === undefined || !inScope.has(asset.id)) continue;
      assessments.push(assessTogether([first, ...rest], asset, policy, now));
    }
  }
  const [first, ...rest] = assessments;
  return first === undefined ? null : joinAssessments([first, ...rest]);
}

function findingsBySet(findings: readonly EndedFindingRow[]): ReadonlyMap<number, readonly EndedFindingRow[]> {
  const bySet = new Map<number, EndedFindingRow[]>();
  for (const finding of findings) {
    for (const id of finding.set_ids) bySet.set(id, [...(bySet.get(id) ?? []), finding]);
  }
  return bySet;
}

/** As urgent as the most urgent of what it ends there; without a vulnerability it is routine, and due all the same. // SOP S2 */
function assessAsset(
  row: ProposedRow,
  asset: OfferedAssetRow,
  findings: readonly EndedFindingRow[],
  policy: Policy,
  now: Instant,
): Assessment {
  const [first, ...rest] = findings.map((finding) => knowledgeOf(finding).facts);
  if (first !== undefined) return assessTogether([first, ...rest], asset, policy, now);
  const plain = {
    subject: `${row.source} ${row.source_version}`,
    security: row.kind === 'security',
    fixed: row.source_version,
    advisoryAt: null,
    advisoryPrecision: 'time',
    indexAt: row.index_date,
    advisorySeen: row.first_seen,
    declaredEmergencyAt: null,
    intelligence: null,
  } as const;
  return assess(plain, asset, policy, now);
}

function placeOf(row: ProposedRow): ProposedPlace {
  return [row.kind !== 'security', -row.known_exploited, -row.fixes.length, -row.assets, row.source, row.scope];
}

function proposalBody({ row, assets, fixes, assessment }: ProposedCampaign): Proposal {
  const testAssets = assets.filter(({ environment }) => environment === 'non-production').length;
  return {
    id: proposalIdOf(row),
    title: titleOf(row),
    scope: row.scope,
    source: row.source,
    sourceVersion: row.source_version,
    kind: row.kind,
    packages: [...row.packages],
    fixes: [...fixes],
    lane: assessment.lane,
    releasedAt: new Date(assessment.releasedAt).toISOString(),
    firstSeen: new Date(assessment.firstSeen).toISOString(),
    due: new Date(assessment.due).toISOString(),
    late: assessment.late,
    why: assessment.why,
    reasons: condenseReasons(assessment.reasons).map(reasonBody),
    assets: assets.map(({ id, name, criticality, environment, owner }) => ({
      id,
      name,
      criticality,
      environment,
      owner,
    })),
    testAssets,
    productionAssets: assets.length - testAssets,
  };
}

export function titleOf(row: Pick<ProposedRow, 'scope' | 'source' | 'source_version'>): string {
  return `${row.source} ${row.source_version} on ${row.scope}`;
}
