import type { AdvisorySourceBody } from '@patchsteward/contract';
import {
  byPlace,
  type Claim,
  type Coverage,
  type CoveringFeed,
  coverage,
  type Finding,
  findingsOf,
  type IsCovered,
  identityOf,
  type Judgment,
  type Lingering,
  type LingeringSource,
  lingeringFindings,
  orderOfSet,
  type SourceVersion,
  type UnjudgedPackage,
  type Update,
  updatesOf,
  withOffers,
} from '@patchsteward/core/1-identification';
import type { FindingFacts } from '@patchsteward/core/2-evaluation';
import type { VersionOrder } from '@patchsteward/core/versions';
import type { Instant, PackageSet, UpdateOffers } from '@patchsteward/core/vocabulary';
import type { Reader } from '../platform/database.ts';
import { claimOf } from './claim-row.ts';
import { readCoverageIn, readCoveringFeeds } from './coverage.ts';
import {
  type OfferDates,
  type ReportedAsset,
  readClaimsById,
  readOfferDates,
  readSetFindings,
  readVersionFindings,
  type SetFindingRow,
  type VersionFindingRow,
} from './evidence-store.ts';
import { sourceVersionOf } from './judging-store.ts';
import { type Known, knowledgeOf } from './knowledge.ts';
import { readStoredSections } from './section-store.ts';

/** What stands on an asset by what it reported: everything that evaluation and the pages of an asset begin with. */
export interface Evidence {
  readonly coverage: Coverage;
  /** Those that are loaded. */
  readonly feeds: readonly CoveringFeed[];
  /** null: nobody judged this set yet. */
  readonly judgedAt: Instant | null;
  readonly packageSet: PackageSet;
  readonly findings: readonly Finding[];
  readonly contested: readonly Finding[];
  readonly unjudged: readonly UnjudgedPackage[];
  readonly updates: readonly Update[];
  /** What the package manager said instead of an answer; then `updates` is empty for want of knowledge. */
  readonly unanswered: string | null;
  readonly order: VersionOrder;
  readonly knowledgeOf: (finding: Finding) => FindingKnowledge;
  readonly offerDatesOf: (source: string, sourceVersion: string) => OfferDates | undefined;
}

/** What the database knows of a finding beside the judgment. */
export interface FindingKnowledge {
  readonly facts: FindingFacts;
  readonly known: Known;
  readonly advisoryUrl: string | null;
  readonly advisorySource: AdvisorySourceBody | null;
}

export type Report = NonNullable<ReportedAsset['report']>;

/** `withLosing`: with the claims that lost, which pages show and evaluation does not need. */
export async function readEvidence(reader: Reader, report: Report, withLosing: boolean): Promise<Evidence> {
  const { packagesHash, updatesHash, originsHash } = report;
  const {
    packages: packageSet,
    updates: offers,
    origins,
  } = await readStoredSections(reader, { packages: packagesHash, updates: updatesHash, origins: originsHash });
  const feeds = await readCoveringFeeds(reader);
  const covered = coverage(packageSet, feeds);
  const isSpokenOf = await readCoverageIn(reader, { id: report.packageSetId, ...packageSet }, feeds);
  const order = orderOfSet(packageSet.ecosystem);
  const dates = await readOfferDates(reader, report.offerSetId);
  const offerDates = new Map(dates.map((row) => [placeOf(row.source, row.source_version), row]));

  const isJudged = covered.kind === 'judged' && report.judgedAt !== null;
  const rows = isJudged ? await readSetFindings(reader, report.packageSetId) : [];
  const formerRows = isJudged ? await readVersionFindings(reader, versionsOf(report.lingering)) : [];
  const losing = await readLosing(reader, withLosing ? [...rows, ...formerRows] : []);
  const found = isJudged ? foundIn(packageSet, isSpokenOf, rows, losing) : NOTHING;
  const installed = offered(found.findings, offers, order);
  const stillRunning = lingeringFindings(
    report.lingering.flatMap((one) => lingeringSource(one, packageSet, formerRows, losing)),
    installed,
  );
  const findings = stillRunning.length === 0 ? installed : [...installed, ...stillRunning].sort(byPlace);
  const knowledge = new Map(
    [...rows, ...formerRows].map((row) => [keyOf(row.source, row.version, row.vulnerability), knowledgeOf(row)]),
  );

  return {
    coverage: covered,
    feeds,
    judgedAt: report.judgedAt,
    packageSet,
    findings,
    contested: found.contested,
    unjudged: found.unjudged,
    updates: updatesOf(packageSet, offers, installed, origins, order),
    unanswered: offers.unanswered,
    order,
    knowledgeOf: ({ source, sourceVersion, vulnerability }) => {
      const known = knowledge.get(keyOf(source, sourceVersion, vulnerability));
      if (known === undefined)
        throw new TypeError(`a finding without its row: ${vulnerability} in ${source} ${sourceVersion}`);
      return known;
    },
    offerDatesOf: (source, sourceVersion) => offerDates.get(placeOf(source, sourceVersion)),
  };
}

const NOTHING: ReturnType<typeof findingsOf> = { findings: [], contested: [], undecided: [], unjudged: [] };

/** The same function that `scan` runs, over judgments that were stored instead of made now. */
function foundIn(
  packageSet: PackageSet,
  isJudged: IsCovered,
  rows: readonly SetFindingRow[],
  losing: ReadonlyMap<number, Claim>,
) {
  const judgments = Map.groupBy(rows, (row) => identityOf(sourceVersionOf({ ...row, scope: row.version_scope })));
  const judgmentsOf = (version: SourceVersion): Judgment[] =>
    (judgments.get(identityOf(version)) ?? []).map((row) => judgmentOf(row, losing));
  return findingsOf(packageSet, isJudged, judgmentsOf);
}

function versionsOf(lingering: readonly Lingering[]): number[] {
  return lingering.map(({ version }) => version);
}

/** A source version that runs on, with what is judged of it. Nothing is found in one that no claim speaks of. */
function lingeringSource(
  lingering: Lingering,
  packageSet: PackageSet,
  rows: readonly VersionFindingRow[],
  losing: ReadonlyMap<number, Claim>,
): LingeringSource[] {
  const own = rows.filter((row) => row.source_version_id === lingering.version);
  const [first] = own;
  if (first === undefined) return [];
  const named = packageSet.packages.find(({ name }) => lingering.packages.includes(name));
  const source = sourceVersionOf({ ...first, scope: first.version_scope });
  const judgments = own.map((row) => judgmentOf(row, losing));
  return [{ ...lingering, source, architecture: named?.architecture ?? first.architecture, judgments }];
}

function judgmentOf(row: SetFindingRow, losing: ReadonlyMap<number, Claim>): Judgment {
  return {
    vulnerability: row.vulnerability,
    status: row.judged_status,
    winner: claimOf(row),
    losing: row.losing.flatMap(([id, because]) => {
      const claim = losing.get(id);
      return claim === undefined ? [] : [{ claim, because }];
    }),
    fixed: row.fixed,
    why: row.why,
  };
}

async function readLosing(reader: Reader, rows: readonly SetFindingRow[]): Promise<ReadonlyMap<number, Claim>> {
  const ids = new Set(rows.flatMap(({ losing }) => losing.map(([id]) => id)));
  return new Map((await readClaimsById(reader, [...ids])).map(({ id, claim }) => [id, claim]));
}

function offered(findings: readonly Finding[], offers: UpdateOffers, order: VersionOrder): readonly Finding[] {
  return offers.unanswered === null ? withOffers(findings, offers, order) : findings;
}

/** Neither the name of a package nor a version contains a space. */
function placeOf(source: string, version: string): string {
  return `${source} ${version}`;
}

function keyOf(source: string, version: string, vulnerability: string): string {
  return `${source} ${version} ${vulnerability}`;
}
