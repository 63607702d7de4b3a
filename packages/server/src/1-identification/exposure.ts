import type { ExposureAnswer } from '@patchsteward/contract';
import type { Claim } from '@patchsteward/core/1-identification';
import { z } from 'zod';
import type { Reader } from '../platform/database.ts';
import { decodeCursor, encodeCursor } from '../platform/http/cursor.ts';
import { intelligenceBody, timeOf } from './assessment-body.ts';
import { readCoveringFeeds } from './coverage.ts';
import {
  type AdvisoryRow,
  type AssetCounts,
  countAllAssets,
  countByRelease,
  type ExposedPlace,
  type ExposedReleaseRow,
  type ExposedRow,
  type FoundRow,
  findAdvisory,
  listExposed,
  readClaimsAbout,
  readFound,
  readKnowledge,
  readNamedBy,
  type Subject,
} from './exposure-store.ts';
import { knownOf } from './knowledge.ts';

const Cursor = z.tuple([z.number(), z.string(), z.uuid(), z.number()]);

/** "Am I affected by this?", over the fleet, with the claims that the answer rests on. // SOP P1.1, checklist c25 */
export async function exposurePage(
  reader: Reader,
  asked: string,
  { cursor, limit }: { readonly cursor?: string | undefined; readonly limit: number },
): Promise<ExposureAnswer> {
  // Ids are written in capitals; people type them as they come.
  const id = asked.trim().toUpperCase();
  const after: ExposedPlace | undefined = cursor === undefined ? undefined : decodeCursor(cursor, Cursor);
  const subject = await subjectOf(reader, id);
  const found = await readFound(reader, subject);
  const [claims, feeds, knowledge, assets, releases] = await Promise.all([
    readClaimsAbout(reader, subject),
    readCoveringFeeds(reader),
    readKnowledge(reader, subject.vulnerabilities.length === 1 ? (subject.vulnerabilities[0] ?? id) : id),
    countAllAssets(reader),
    countByRelease(reader, found),
  ]);
  const sets = releases.flatMap((release) => release.sets);
  const rows = sets.length === 0 ? [] : await listExposed(reader, { found, sets }, { after, limit: limit + 1 });
  const foundBy = new Map(found.map((row) => [row.source_version_id, row]));
  const counts = countsOf(assets, releases);
  const exposed = releases.reduce((sum, { affected }) => sum + affected, 0);
  const shown = rows.slice(0, limit);
  const last = shown.at(-1);
  return {
    vulnerability: id,
    vulnerabilities: [...subject.vulnerabilities],
    advisory: subject.advisory === null ? null : advisoryBody(subject.advisory),
    releases: releases.map((row) => releaseBody(row, id, claims)),
    ...answerOf({ vulnerability: id, exposed, claims: claims.length, feeds: feeds.length, counts }),
    intelligence: intelligenceBody(knownOf(knowledge)),
    claims: claims.map(claimBody),
    assets: shown.flatMap((row) => {
      const of = foundBy.get(row.source_version_id);
      return of === undefined ? [] : [exposedAsset(row, of)];
    }),
    assetsTotal: exposed,
    assetsNotJudged: counts.notJudged,
    next: last === undefined || rows.length === shown.length ? null : encodeCursor(placeOf(last)),
  };
}

/** The id of an advisory stands for the vulnerabilities that it names; anything else is taken for a vulnerability. */
async function subjectOf(reader: Reader, id: string): Promise<Subject> {
  const advisory = await findAdvisory(reader, id);
  if (advisory === undefined) return { vulnerabilities: [id], advisory: null };
  return { vulnerabilities: await readNamedBy(reader, advisory), advisory };
}

/** Who has not reported is in no release, and is not judged. */
function countsOf(assets: number, releases: readonly ExposedReleaseRow[]): AssetCounts {
  const judged = releases.reduce((sum, row) => sum + row.assets - row.not_judged, 0);
  return { assets, notJudged: assets - judged };
}

function advisoryBody({ id, feed, summary, url, published }: AdvisoryRow): ExposureAnswer['advisory'] {
  return { id, feed, summary, url, published: published === null ? null : timeOf(published) };
}

/** Claims of another release say nothing of this one: without a claim of its own it is not judged. */
function releaseBody(
  { scope, name, assets, affected, not_judged: notJudged }: ExposedReleaseRow,
  id: string,
  claims: readonly Pick<Claim, 'scope'>[],
): ExposureAnswer['releases'][number] {
  const row = { scope, name, assets, affected, notJudged };
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

function exposedAsset(row: ExposedRow, found: FoundRow): ExposureAnswer['assets'][number] {
  return {
    assetId: row.asset_id,
    assetName: row.name,
    criticality: row.criticality,
    exposure: row.exposure,
    source: found.source,
    sourceVersion: found.version,
    packages: [...row.packages],
    vulnerabilities: [...found.vulnerabilities],
    since: timeOf(Math.max(found.known_since, row.firstSeen)),
    advisory: found.advisory,
    advisoryUrl: found.advisory_url,
    fixed: found.fixed,
    fixOffered: row.fix_offered,
    why: found.why,
  };
}

function placeOf(row: ExposedRow): ExposedPlace {
  return [row.rank, row.name, row.asset_id, row.source_version_id];
}
