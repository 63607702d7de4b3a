import type { ExposureAnswer, ExposureQuery } from '@patchsteward/contract';
import { type Claim, mainScopeOf, supportOf } from '@patchsteward/core/1-identification';
import type { Instant } from '@patchsteward/core/vocabulary';
import { z } from 'zod';
import type { Db } from '../platform/database.ts';
import { decodeCursor } from '../platform/http/cursor.ts';
import { sourceBody } from './advisory-sources.ts';
import { intelligenceBody, timeOf } from './assessment-body.ts';
import type { AssetViews } from './asset-view-reader.ts';
import { type ExposedPlace, type ExposedRow, exposedReleases, listExposed, totalsOf } from './exposed-assets.ts';
import { fleetOfNow, fleetOfPast, readFleetPast } from './exposure-fleet.ts';
import { type JudgedVersion, judgeVersions } from './exposure-judging.ts';
import { knownThen, momentOf } from './exposure-moment.ts';
import { judgeBelow, readInstalledNamed, soughtPackage } from './exposure-package.ts';
import { exposedBody } from './exposure-row.ts';
import { answerOf, releaseBody } from './exposure-sentence.ts';
import {
  readDetails,
  readFirstReports,
  readInstalled,
  readKnowledge,
  readPlacement,
  type Sight,
} from './exposure-store.ts';
import { type AdvisoryRow, findSubject, readClaimsAbout, type Subject } from './exposure-subject.ts';
import { pageOf } from './fleet-page.ts';
import type { AnswersByAsset } from './fleet-urgency.ts';
import { knownOf } from './knowledge.ts';
import { readAllLifecycles } from './lifecycle-store.ts';
import { pastBody } from './past-body.ts';

/** The kernel's vulnerabilities have a claim per release and branch; more than these are counted and not listed. */
const CLAIMS_LISTED_MAX = 500;

const Cursor = z.tuple([z.number(), z.string(), z.uuid(), z.number()]);

interface House {
  readonly db: Db;
  readonly keptPlans: Db;
  readonly assets: AssetViews;
  /** What people answered to risks on these assets; given by whoever knows step 2. */
  readonly answersOn: (assetIds: readonly string[]) => Promise<AnswersByAsset>;
}

/** "Am I affected by this?", over the fleet, with the claims that the answer rests on. // SOP P1.1, checklist c25 */
export async function exposurePage(
  { db, keptPlans, assets, answersOn }: House,
  asked: string,
  query: ExposureQuery,
  now: Instant,
): Promise<ExposureAnswer> {
  const at = momentOf(query.at, now);
  const after = query.cursor === undefined ? undefined : decodeCursor(query.cursor, Cursor);
  const { subject, claims, judged, claimed } = await questionOf({ db, keptPlans }, asked, at, now);
  const [placement, knowledge, past] = await Promise.all([
    readPlacement(keptPlans, judged),
    readKnowledge(keptPlans, knownName(subject)),
    at === null ? null : readFleetPast(db, at),
  ]);
  const view = await assets.current();
  // The view goes on with the next question: all that is asked of it is asked before anything else is waited for.
  const fleet = past === null ? fleetOfNow(view) : fleetOfPast(view, past);
  const releases = exposedReleases(fleet, placement, claimed);
  const listed = listExposed(fleet, placement, { after, limit: query.limit + 1, show: query.show });
  const counts = totalsOf(fleet, releases);
  const feeds = view.feeds.length;
  const unknownThen = view.size - fleet.size;

  const page = pageOf(
    listed.rows,
    query.limit,
    (row) => row,
    ({ place }): ExposedPlace => place,
  );
  const facts = { vulnerability: subject.id, isPackage: claimed === null, claims: claims.length, feeds };
  return {
    vulnerability: subject.id,
    vulnerabilities: [...subject.vulnerabilities],
    advisory: subject.advisory === null ? null : advisoryBody(subject.advisory),
    past: at === null || past === null ? null : pastBody(at, past.historyFrom, unknownThen),
    releases: releases.map((release) => releaseBody(release, subject.id, claimed)),
    ...answerOf({ ...facts, assets: fleet.size, counts }),
    counts,
    intelligence: intelligenceBody(knownThen(knownOf(knowledge), at)),
    claims: claims.slice(0, CLAIMS_LISTED_MAX).map(claimBody),
    assets: await rowsOf({ keptPlans, answersOn }, page.items, judged, { isPast: at !== null, now }),
    assetsTotal: listed.assets,
    assetsNotJudged: counts.notJudged,
    next: page.next,
  };
}

interface Question {
  readonly subject: Subject;
  readonly claims: readonly Claim[];
  readonly judged: ReadonlyMap<number, JudgedVersion>;
  /** The releases that claims speak of; null: it is about a package, of which every report speaks. */
  readonly claimed: ReadonlySet<string> | null;
}

async function questionOf(
  { db, keptPlans }: Pick<House, 'db' | 'keptPlans'>,
  asked: string,
  at: Instant | null,
  now: Instant,
): Promise<Question> {
  const sought = soughtPackage(asked);
  if (sought !== null) {
    const subject = { id: `${sought.name} < ${sought.below}`, vulnerabilities: [], advisory: null };
    const judged = judgeBelow(await readInstalledNamed(db, sought.name), sought);
    return { subject, claims: [], judged, claimed: null };
  }
  const subject = await findSubject(db, asked);
  const [said, ends] = await Promise.all([
    readClaimsAbout(keptPlans, subject.vulnerabilities, at),
    readAllLifecycles(keptPlans),
  ]);
  const claims = claimsOf(subject, said);
  const lifecycles = Map.groupBy(ends, ({ scope }) => scope);
  // What ends soon changes nothing of an answer.
  const supportIn = (scope: string) => supportOf(lifecycles.get(scope) ?? [], 0, at ?? now);
  const judged = judgeVersions(await readInstalled(keptPlans, claims), claims, supportIn);
  return { subject, claims, judged, claimed: new Set(claims.flatMap(({ scope }) => [scope, mainScopeOf(scope)])) };
}

/** An advisory is asked about in the packages that it names, and judged with what others say of these. */
function claimsOf({ advisory }: Subject, claims: readonly Claim[]): readonly Claim[] {
  if (advisory === null) return claims;
  const own = claims.filter((claim) => claim.feed === advisory.feed && claim.advisory === advisory.id);
  const places = new Set(own.map(placeOf));
  return claims.filter((claim) => places.has(placeOf(claim)));
}

function placeOf({ scope, packageName, vulnerability }: Claim): string {
  return `${scope} ${packageName} ${vulnerability}`;
}

/** Figures are of one vulnerability: of the CVE among the names of one, where there is one. */
function knownName({ id, vulnerabilities, advisory }: Subject): string {
  const named = vulnerabilities.find((one) => one.startsWith('CVE-'));
  if (advisory === null) return named ?? id;
  return vulnerabilities.length === 1 ? (named ?? id) : id;
}

async function rowsOf(
  { keptPlans, answersOn }: Pick<House, 'keptPlans' | 'answersOn'>,
  rows: readonly ExposedRow[],
  judged: ReadonlyMap<number, JudgedVersion>,
  when: { readonly isPast: boolean; readonly now: Instant },
): Promise<ExposureAnswer['assets']> {
  const [details, firstReports, said] = await Promise.all([
    readDetails(keptPlans, rows),
    readFirstReports(keptPlans, sightsOf(rows, judged)),
    answersOn([...new Set(rows.map(({ asset }) => asset.asset.id))]),
  ]);
  return rows.flatMap((row, place) => {
    const beside = details[place];
    const firstReport = firstReports.get(sightOf(row));
    return beside === undefined
      ? []
      : [exposedBody(row, { details: beside, firstReport, said: said.get(row.asset.asset.id), ...when })];
  });
}

/** Of each asset and source: the versions that are judged as its own is now. */
function sightsOf(rows: readonly ExposedRow[], judged: ReadonlyMap<number, JudgedVersion>): Sight[] {
  const versions = Map.groupBy(judged.values(), kindOf);
  return [...Map.groupBy(rows, ({ placed }) => kindOf(placed.version))].map(([kind, alike]) => ({
    kind,
    assetIds: [...new Set(alike.map(({ asset }) => asset.asset.id))],
    versions: (versions.get(kind) ?? []).map(({ id }) => id),
  }));
}

function sightOf({ asset, placed }: ExposedRow): string {
  return `${asset.asset.id} ${kindOf(placed.version)}`;
}

function kindOf({ source, status }: JudgedVersion): string {
  return `${source} ${status}`;
}

function advisoryBody(row: AdvisoryRow): ExposureAnswer['advisory'] {
  const { id, feed, summary, url, published } = row;
  return { id, feed, summary, url, published: published === null ? null : timeOf(published), source: sourceBody(row) };
}

function claimBody(claim: Claim): ExposureAnswer['claims'][number] {
  const fixes = claim.ranges.flatMap(({ fixed }) => (fixed === null ? [] : [fixed]));
  return {
    advisory: claim.advisory,
    feed: claim.feed,
    scope: claim.scope,
    package: claim.packageName,
    status: claim.status,
    // Ranges rise, so the last fix ends the last of them.
    fixed: fixes.at(-1) ?? null,
    justification: claim.justification ?? null,
    impact: claim.impact ?? null,
  };
}
