import type { ExposureAnswer } from '@patchsteward/contract';
import type { Claim } from '@patchsteward/core/1-identification';
import { z } from 'zod';
import type { Reader } from '../platform/database.ts';
import { decodeCursor, encodeCursor } from '../platform/http/cursor.ts';
import { intelligenceBody } from './assessment-body.ts';
import { readCoveringFeeds } from './coverage.ts';
import {
  type AssetCounts,
  countExposed,
  countNotJudged,
  type ExposedPlace,
  type ExposedRow,
  listExposed,
  readClaimsAbout,
  readKnowledge,
} from './exposure-store.ts';
import { intelligenceOf } from './knowledge.ts';

const Cursor = z.tuple([z.number(), z.string(), z.uuid(), z.number()]);

/** "Am I affected by this?", over the fleet, with the claims that the answer rests on. // SOP P1.1, checklist c25 */
export async function exposurePage(
  reader: Reader,
  asked: string,
  { cursor, limit }: { readonly cursor?: string | undefined; readonly limit: number },
): Promise<ExposureAnswer> {
  // Ids are written in capitals; people type them as they come.
  const vulnerability = asked.trim().toUpperCase();
  const after: ExposedPlace | undefined = cursor === undefined ? undefined : decodeCursor(cursor, Cursor);
  const claims = await readClaimsAbout(reader, vulnerability);
  const feeds = await readCoveringFeeds(reader);
  const intelligence = intelligenceOf(await readKnowledge(reader, vulnerability));
  const counts = await countNotJudged(reader);
  const exposed = await countExposed(reader, vulnerability);
  const rows = await listExposed(reader, vulnerability, { after, limit: limit + 1 });

  const shown = rows.slice(0, limit);
  const last = shown.at(-1);
  return {
    vulnerability,
    ...answerOf({ vulnerability, exposed, claims: claims.length, feeds: feeds.length, counts }),
    intelligence: intelligenceBody(intelligence),
    claims: claims.map(claimBody),
    assets: shown.map(exposedAsset),
    assetsTotal: exposed,
    assetsNotJudged: counts.notJudged,
    next: last === undefined || rows.length === shown.length ? null : encodeCursor(placeOf(last)),
  };
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

function exposedAsset(row: ExposedRow): ExposureAnswer['assets'][number] {
  return {
    assetId: row.asset_id,
    assetName: row.name,
    criticality: row.criticality,
    exposure: row.exposure,
    source: row.source,
    sourceVersion: row.version,
    packages: [...row.packages],
    advisory: row.advisory,
    fixed: row.fixed,
    fixOffered: row.fix_offered,
    why: row.why,
  };
}

function placeOf(row: ExposedRow): ExposedPlace {
  return [row.rank, row.name, row.asset_id, row.source_version_id];
}
