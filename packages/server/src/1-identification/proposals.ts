import type { Proposal, ProposalPage, ProposalWithAssets } from '@patchsteward/contract';
import { isKernelImage, isKernelSource, runsAsKernel } from '@patchsteward/core/1-identification';
import {
  type Assessment,
  type AssetAnswers,
  assess,
  assessTogether,
  type FindingFacts,
  joinAssessments,
  withAnswers,
} from '@patchsteward/core/2-evaluation';
import type { Policy } from '@patchsteward/core/policy';
import { condenseReasons, type Instant, reasonOf } from '@patchsteward/core/vocabulary';
import { z } from 'zod';
import type { Reader } from '../platform/database.ts';
import { decodeCursor } from '../platform/http/cursor.ts';
import { reasonBody } from '../platform/http/reason-body.ts';
import { Refusal } from '../platform/http/refusal.ts';
import { timeOf } from './assessment-body.ts';
import { countBody } from './fleet-group-page.ts';
import { readFleetCount } from './fleet-lag-store.ts';
import { pageOf, totalOf } from './fleet-page.ts';
import type { AnswersByAsset } from './fleet-urgency.ts';
import { knowledgeOf } from './knowledge.ts';
import type { PageQuery } from './memory-page.ts';
import { plainFacts } from './plain-offer.ts';
import {
  countProposed,
  type EndedFindingRow,
  type ListedProposalRow,
  listOfferedAssets,
  listProposed,
  type OfferedAssetRow,
  type ProposedPlace,
  type ProposedRow,
  readEndedFindings,
  readProposed,
} from './proposals-store.ts';

const Cursor = z.tuple([z.boolean(), z.number(), z.number(), z.number(), z.string(), z.string()]);

/** What an urgency is computed by. */
export interface ProposedBy {
  readonly policy: Policy;
  /** What people answered to risks on these assets; given by whoever knows step 2. */
  readonly readSaid: (reader: Reader, assetIds: readonly string[]) => Promise<AnswersByAsset>;
  readonly now: Instant;
}

/** What could be opened as one campaign, with the assets that would be in it. // decided 22 */
export interface ProposedCampaign {
  readonly row: ProposedRow;
  readonly assets: readonly OfferedAssetRow[];
  /** Distinct vulnerabilities that it ends on these assets, sorted. */
  readonly fixes: readonly string[];
  readonly assessment: Assessment;
}

export function proposalIdOf({ scope, source }: Pick<ProposedRow, 'scope' | 'source'>): string {
  return `${scope}/${source}`;
}

/** A page of what waits to be adopted: security first, then what ends most of what is exploited. // SOP P2.2 */
export async function proposalPage(
  reader: Reader,
  { search, cursor, limit }: PageQuery,
  now: Instant,
): Promise<ProposalPage> {
  const after: ProposedPlace | undefined = cursor === undefined ? undefined : decodeCursor(cursor, Cursor);
  const rows = await listProposed(reader, { search, after, limit: limit + 1 });
  const total = await totalOf(rows, { after, limit }, () => countProposed(reader, search));
  return {
    ...pageOf(rows, limit, (row) => listedBody(row, now), placeOf),
    total,
    ...countBody(await readFleetCount(reader, now)),
  };
}

/** One proposal with every asset that would be in the campaign, as they are now. */
export async function proposalShown(
  reader: Reader,
  proposal: { readonly scope: string; readonly source: string },
  by: ProposedBy,
): Promise<ProposalWithAssets> {
  const proposed = await readProposal(reader, proposalIdOf(proposal), undefined, by);
  if (proposed !== undefined) return proposalBody(proposed);
  throw new Refusal('not-found', `Nothing is proposed as ${proposalIdOf(proposal)}.`);
}

/** One proposal as it is now; undefined where nothing is offered, or a campaign is open. `only`: of these assets. */
export async function readProposal(
  reader: Reader,
  proposal: string,
  only: readonly string[] | undefined,
  by: ProposedBy,
): Promise<ProposedCampaign | undefined> {
  const slash = proposal.indexOf('/');
  const row = await readProposed(reader, proposal.slice(0, slash), proposal.slice(slash + 1));
  return row === undefined ? undefined : completed(reader, row, only, by);
}

async function completed(
  reader: Reader,
  row: ProposedRow,
  only: readonly string[] | undefined,
  by: ProposedBy,
): Promise<ProposedCampaign | undefined> {
  const offered = await listOfferedAssets(reader, row);
  const wanted = only === undefined ? null : new Set(only);
  const assets = wanted === null ? offered : offered.filter(({ id }) => wanted.has(id));
  const findings = await readEndedFindings(reader, row);
  const said = await by.readSaid(
    reader,
    assets.map(({ id }) => id),
  );
  const endedOn = endedFindings(findings);
  const ended = new Set<string>();
  const [first, ...rest] = assets.map((asset) => {
    const own = endedOn(asset);
    for (const { vulnerability } of own) ended.add(vulnerability);
    return assessAsset(row, asset, { ...by, findings: own, said: said.get(asset.id) });
  });
  if (first === undefined) return undefined;
  return {
    row,
    assets,
    fixes: [...ended].sort(),
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
    const endedOn = endedFindings((await readEndedFindings(reader, version)).map(asKnown));
    for (const asset of await listOfferedAssets(reader, version)) {
      const [first, ...rest] = endedOn(asset).map((row) => knowledgeOf(row).facts);
      if (first === undefined || !inScope.has(asset.id)) continue;
      assessments.push(assessTogether([first, ...rest], asset, policy, now));
    }
  }
  const [first, ...rest] = assessments;
  return first === undefined ? null : joinAssessments([first, ...rest]);
}

/** What an asset has of it. Of a kernel that is what runs, as in the lists over the fleet (`isEndedOn`). */
function endedFindings(findings: readonly EndedFindingRow[]): (asset: OfferedAssetRow) => EndedFindingRow[] {
  const bySet = new Map<number, { readonly row: EndedFindingRow; readonly hasImage: boolean }[]>();
  for (const row of findings) {
    for (const [setId, packages] of row.placed) {
      const known = bySet.get(setId) ?? [];
      known.push({ row, hasImage: packages.some(isKernelImage) });
      bySet.set(setId, known);
    }
  }
  return ({ packageSetId, kernelLingers, runningSource, sharesKernel }) =>
    (bySet.get(packageSetId) ?? []).flatMap(({ row, hasImage }) => {
      if (!isKernelSource(row.source)) return [row];
      const isRunning = runningSource === null || kernelLingers ? null : runningSource === row.source_version_id;
      return runsAsKernel({ sharesKernel, isRunning, hasImage }) ? [row] : [];
    });
}

interface AssessedBy extends Pick<ProposedBy, 'policy' | 'now'> {
  readonly findings: readonly EndedFindingRow[];
  /** undefined: nobody said anything on this asset. */
  readonly said: AssetAnswers | undefined;
}

/** As urgent as the most urgent of what it ends there; without a vulnerability it is routine, and due all the same. // SOP S2 */
function assessAsset(
  row: ProposedRow,
  asset: OfferedAssetRow,
  { findings, said, policy, now }: AssessedBy,
): Assessment {
  const answered = (facts: FindingFacts): FindingFacts => (said === undefined ? facts : withAnswers(facts, said));
  const [first, ...rest] = findings.map((finding) => answered(knowledgeOf(finding).facts));
  if (first !== undefined) return assessTogether([first, ...rest], asset, policy, now);
  return assess(answered(plainFacts(row)), asset, policy, now);
}

function placeOf(row: ListedProposalRow): ProposedPlace {
  return [row.kind !== 'security', -row.known_exploited, -row.fixes.length, -row.assets, row.source, row.scope];
}

function listedBody(row: ListedProposalRow, now: Instant): Proposal {
  const { fixes, lane, why, due, assets, test_assets: testAssets } = row;
  const late = due < now;
  const reasons = [
    ...row.reasons.map(({ code, subject, by }) => reasonOf(code, subject, by === null ? undefined : Date.parse(by))),
    // The time that passed since the count is on this clock.
    ...(late ? [reasonOf('due-passed', subjectOf(row), due)] : []),
  ];
  return {
    ...offeredBody(row),
    ...{ fixes: [...fixes], lane, why, late, due: timeOf(due) },
    releasedAt: timeOf(row.released_at),
    firstSeen: timeOf(row.first_seen),
    reasons: reasons.map(reasonBody),
    ...{ assets, testAssets, productionAssets: assets - testAssets },
  };
}

/** What it ends, in a few words. */
function subjectOf({ source, source_version, fixes }: Pick<ListedProposalRow, 'source' | 'source_version' | 'fixes'>) {
  const [first, ...others] = fixes;
  if (first === undefined) return `${source} ${source_version}`;
  return others.length === 0 ? first : `${first} and ${others.length} more`;
}

function offeredBody(row: Pick<ProposedRow, 'scope' | 'source' | 'source_version' | 'kind' | 'packages'>) {
  return {
    ...{ id: proposalIdOf(row), title: titleOf(row), scope: row.scope, source: row.source, kind: row.kind },
    ...{ sourceVersion: row.source_version, packages: [...row.packages] },
  };
}

function proposalBody({ row, assets, fixes, assessment }: ProposedCampaign): ProposalWithAssets {
  const testAssets = assets.filter(({ environment }) => environment === 'non-production').length;
  const { lane, late, why } = assessment;
  return {
    ...offeredBody(row),
    ...{ fixes: [...fixes], lane, why, late, due: timeOf(assessment.due) },
    releasedAt: timeOf(assessment.releasedAt),
    firstSeen: timeOf(assessment.firstSeen),
    reasons: condenseReasons(assessment.reasons).map(reasonBody),
    ...{ assets: assets.length, testAssets, productionAssets: assets.length - testAssets },
    offeredTo: assets.map(({ id, name, criticality, environment, owner }) => ({
      ...{ id, name, criticality, environment, owner },
    })),
  };
}

export function titleOf(row: Pick<ProposedRow, 'scope' | 'source' | 'source_version'>): string {
  return `${row.source} ${row.source_version} on ${row.scope}`;
}
