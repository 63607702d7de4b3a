import type { ExposureAnswer } from '@patchsteward/contract';
import type { Claim } from '@patchsteward/core/1-identification';
import { z } from 'zod';
import type { Db } from '../platform/database.ts';
import { decodeCursor } from '../platform/http/cursor.ts';
import { intelligenceBody, timeOf } from './assessment-body.ts';
import type { AssetViews } from './asset-view-reader.ts';
import { type ExposedAsset, type ExposedRelease, exposedReleases, listExposedAssets } from './exposed-assets.ts';
import {
  type AdvisoryRow,
  type ExposedRow,
  type FoundRow,
  findAdvisory,
  readAffectedSets,
  readClaimsAbout,
  readExposed,
  readFound,
  readKnowledge,
  readNamedBy,
  type Subject,
} from './exposure-store.ts';
import { pageOf } from './fleet-page.ts';
import { knownOf } from './knowledge.ts';

const Cursor = z.tuple([z.number(), z.string(), z.uuid(), z.number()]);
type Place = z.infer<typeof Cursor>;

interface House {
  readonly db: Db;
  readonly assets: AssetViews;
}

/** "Am I affected by this?", over the fleet, with the claims that the answer rests on. // SOP P1.1, checklist c25 */
export async function exposurePage(
  { db, assets }: House,
  asked: string,
  { cursor, limit }: { readonly cursor?: string | undefined; readonly limit: number },
): Promise<ExposureAnswer> {
  // Ids are written in capitals; people type them as they come.
  const id = asked.trim().toUpperCase();
  const after = cursor === undefined ? undefined : decodeCursor(cursor, Cursor);
  const subject = await subjectOf(db, id);
  const found = await readFound(db, subject);
  const [claims, knowledge, affected] = await Promise.all([
    readClaimsAbout(db, subject),
    readKnowledge(db, subject.vulnerabilities.length === 1 ? (subject.vulnerabilities[0] ?? id) : id),
    readAffectedSets(db, found),
  ]);
  const view = await assets.current();
  // The view goes on with the next question: all that is asked of it is asked before anything else is waited for.
  const releases = exposedReleases(view, affected);
  const near = listExposedAssets(view, affected, { from: after, limit: limit + 2 });
  const counts = countsOf(view.size, releases);
  const feeds = view.feeds.length;
  const { rows, next } = await exposedRows(db, { found, affected, near, after, limit });
  const exposed = releases.reduce((sum, release) => sum + release.affected, 0);
  return {
    vulnerability: id,
    vulnerabilities: [...subject.vulnerabilities],
    advisory: subject.advisory === null ? null : advisoryBody(subject.advisory),
    releases: releases.map((release) => releaseBody(release, id, claims)),
    ...answerOf({ vulnerability: id, exposed, claims: claims.length, feeds, counts }),
    intelligence: intelligenceBody(knownOf(knowledge)),
    claims: claims.map(claimBody),
    assets: rows,
    assetsTotal: exposed,
    assetsNotJudged: counts.notJudged,
    next,
  };
}

interface Near {
  readonly found: readonly FoundRow[];
  readonly affected: ReadonlyMap<number, readonly number[]>;
  /** From the last asset of the page before on, which may be done. */
  readonly near: readonly ExposedAsset[];
  readonly after: Place | undefined;
  readonly limit: number;
}

/** Each asset has a row at least: a page is in as many of them as it has rows, and that of the last row before. */
async function exposedRows(db: Db, { found, affected, near, after, limit }: Near) {
  const foundBy = new Map(found.map((row) => [row.source_version_id, row]));
  const asked = near.flatMap((exposed) =>
    (affected.get(exposed.checkIn.packageSet) ?? []).flatMap((id) => {
      const version = foundBy.get(id);
      const isDone = exposed.asset.id === after?.[2] && id <= after[3];
      const { packageSet, offerSet } = exposed.checkIn;
      return version === undefined || isDone ? [] : [{ exposed, version, packageSet, offerSet }];
    }),
  );
  const { items, next } = pageOf(
    asked.slice(0, limit + 1),
    limit,
    (row) => row,
    ({ exposed: { rank, asset }, version }): Place => [rank, asset.name, asset.id, version.source_version_id],
  );
  const read = await readExposed(db, items);
  return {
    next,
    rows: items.flatMap(({ exposed, version }, at) => {
      const row = read[at];
      return row === undefined ? [] : [exposedAsset(exposed, row, version)];
    }),
  };
}

/** The id of an advisory stands for the vulnerabilities that it names; anything else is taken for a vulnerability. */
async function subjectOf(db: Db, id: string): Promise<Subject> {
  const advisory = await findAdvisory(db, id);
  if (advisory === undefined) return { vulnerabilities: [id], advisory: null };
  return { vulnerabilities: await readNamedBy(db, advisory), advisory };
}

interface AssetCounts {
  readonly assets: number;
  readonly notJudged: number;
}

/** Who has not reported is in no release, and is not judged. */
function countsOf(assets: number, releases: readonly ExposedRelease[]): AssetCounts {
  const judged = releases.reduce((sum, row) => sum + row.assets - row.notJudged, 0);
  return { assets, notJudged: assets - judged };
}

function advisoryBody({ id, feed, summary, url, published }: AdvisoryRow): ExposureAnswer['advisory'] {
  return { id, feed, summary, url, published: published === null ? null : timeOf(published) };
}

/** Claims of another release say nothing of this one: without a claim of its own it is not judged. */
function releaseBody(
  row: ExposedRelease,
  id: string,
  claims: readonly Pick<Claim, 'scope'>[],
): ExposureAnswer['releases'][number] {
  const { scope, assets, affected, notJudged } = row;
  const rest = notJudged === 0 ? '' : ` Not judged: ${assetsOf(notJudged)}.`;
  if (affected > 0) return { ...row, answer: 'affected', sentence: `Affected: ${assetsOf(affected)}.${rest}` };
  if (notJudged === assets) {
    return { ...row, answer: 'not-judged', sentence: 'Not judged: no loaded feed covers this release, or not yet.' };
  }
  if (!claims.some((claim) => claim.scope === scope)) {
    return { ...row, answer: 'not-judged', sentence: `Not judged: no advisory for this release names ${id}.` };
  }
  return { ...row, answer: 'not-affected', sentence: `None of ${assetsOf(assets - notJudged)} is affected.${rest}` };
}

interface ExposureFacts {
  readonly vulnerability: string;
  readonly exposed: number;
  readonly claims: number;
  readonly feeds: number;
  readonly counts: AssetCounts;
}

/** Silence is not safety: without a feed, a claim or a judged asset there is no "not affected". */
export function answerOf(facts: ExposureFacts): Pick<ExposureAnswer, 'answer' | 'sentence'> {
  const { vulnerability, exposed, claims, feeds, counts } = facts;
  const rest = counts.notJudged === 0 ? '' : ` Not judged: ${assetsOf(counts.notJudged)}.`;
  if (exposed > 0) {
    const verb = exposed === 1 ? 'is' : 'are';
    return { answer: 'affected', sentence: `${assetsOf(exposed)} ${verb} affected by ${vulnerability}.${rest}` };
  }
  if (feeds === 0) return { answer: 'not-judged', sentence: `Not judged: no feed of advisories is loaded.` };
  if (claims === 0)
    return { answer: 'not-judged', sentence: `Not judged: no advisory of the loaded feeds names ${vulnerability}.` };
  if (counts.assets === 0) return { answer: 'not-judged', sentence: 'Not judged: no asset is enrolled.' };
  if (counts.assets === counts.notJudged) {
    return { answer: 'not-judged', sentence: `Not judged: ${assetsOf(counts.assets)}, all there are.` };
  }
  const judged = counts.assets - counts.notJudged;
  const judgedAssets = judged === 1 ? 'The one judged asset is not' : `None of the ${judged} judged assets is`;
  return { answer: 'not-affected', sentence: `${judgedAssets} affected by ${vulnerability}.${rest}` };
}

function assetsOf(count: number): string {
  return count === 1 ? '1 asset' : `${count} assets`;
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
  };
}

function exposedAsset(
  { asset }: ExposedAsset,
  { packages, fix_offered: fixOffered }: ExposedRow,
  found: FoundRow,
): ExposureAnswer['assets'][number] {
  return {
    assetId: asset.id,
    assetName: asset.name,
    criticality: asset.criticality,
    exposure: asset.exposure,
    source: found.source,
    sourceVersion: found.version,
    packages: [...packages],
    vulnerabilities: [...found.vulnerabilities],
    since: timeOf(Math.max(found.known_since, asset.firstSeen)),
    advisory: found.advisory,
    advisoryUrl: found.advisory_url,
    fixed: found.fixed,
    fixOffered,
    why: found.why,
  };
}
