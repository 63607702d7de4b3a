import type {
  FindingGroup,
  FindingGroupPage,
  FindingGroupQuery,
  OfferedAssetPage,
  UpdateGroup,
  UpdateGroupPage,
  UpdateGroupQuery,
} from '@patchsteward/contract';
import type { Instant } from '@patchsteward/core/vocabulary';
import { z } from 'zod';
import type { Reader } from '../platform/database.ts';
import { decodeCursor } from '../platform/http/cursor.ts';
import { timeOf } from './assessment-body.ts';
import {
  countGroups,
  type GroupFilter,
  type GroupPlace,
  type ListedGroupRow,
  listGroups,
} from './fleet-group-store.ts';
import { type FleetCount, readFleetCount, readFleetCountAndScopes } from './fleet-lag-store.ts';
import { dueBody, pageOf, totalOf } from './fleet-page.ts';
import {
  countUpdateGroups,
  listOfferedTo,
  listUpdateGroups,
  type OfferedVersion,
  readOfferSets,
  type UpdateGroupFilter,
  type UpdateGroupPlace,
  type UpdateGroupRow,
} from './fleet-update-store.ts';
import { type PageQuery, patternsOf } from './memory-page.ts';

export const GroupCursor = z.tuple([z.number(), z.boolean(), z.number(), z.string()]);
const AssetCursor = z.tuple([z.string(), z.uuid()]);
const UpdateCursor = z.tuple([z.number().nullable(), z.number(), z.string()]);

/** What the fleet is affected by, by vulnerability or source package: what is due first comes first. // SOP P2.2 */
export async function findingGroupPage(
  reader: Reader,
  query: FindingGroupQuery,
  now: Instant,
): Promise<Omit<FindingGroupPage, 'assetsNotJudged' | 'assetsPartlyJudged' | 'idle'>> {
  const { cursor, limit } = query;
  const filter = filterOf(query, now);
  const after: GroupPlace | undefined = cursor === undefined ? undefined : decodeCursor(cursor, GroupCursor);
  const [rows, counted] = await Promise.all([
    listGroups(reader, filter, { after, limit: limit + 1 }),
    countedBody(reader, now),
  ]);
  const total = await totalOf(rows, { after, limit }, () => countGroups(reader, filter));
  return { ...pageOf(rows, limit, (row) => groupBody(row, now), groupPlace), total, ...counted };
}

export async function countedBody(reader: Reader, now: Instant) {
  const { scopes, ...count } = await readFleetCountAndScopes(reader, now);
  return { scopes, ...countBody(count) };
}

/** What a list over the fleet says of itself: when it was counted, and since when it lags behind what is known. */
export function countBody({ countedAt, countingSince }: FleetCount) {
  return {
    countedAt: countedAt === null ? null : timeOf(countedAt),
    countingSince: countingSince === null ? null : timeOf(countingSince),
  };
}

export async function countingBody(reader: Reader, now: Instant) {
  return { countingSince: countBody(await readFleetCount(reader, now)).countingSince };
}

function filterOf(query: FindingGroupQuery, now: Instant): GroupFilter {
  return {
    kind: query.by,
    scope: query.release ?? '',
    environment: query.environment ?? '',
    patterns: query.search === undefined ? null : patternsOf(query.search),
    lane: query.lane ?? null,
    severity: query.severity ?? null,
    source: null,
    exploited: query.exploited === 'yes',
    lateAt: query.late === 'yes' ? now : null,
    fix: query.fix ?? null,
  };
}

export function groupPlace(row: ListedGroupRow): GroupPlace {
  return [row.due, !row.known_exploited, -row.assets, row.name];
}

function groupBody(row: ListedGroupRow, now: Instant): FindingGroup {
  return {
    name: row.name,
    assets: row.assets,
    answered: row.answered,
    vulnerabilities: row.vulnerabilities,
    sources: [...row.sources],
    scopes: [...row.scopes],
    advisories: [...row.advisories],
    lane: row.lane,
    due: timeOf(row.due),
    late: row.due < now,
    severity: row.severity,
    knownExploited: row.known_exploited,
    epss: row.epss,
    fixes: [...row.fixes],
    offeredOn: row.offered_on,
  };
}

/** What is offered to the fleet, by source package: what is due first comes first. // SOP P2.2 */
export async function updateGroupPage(reader: Reader, query: UpdateGroupQuery, now: Instant): Promise<UpdateGroupPage> {
  const { cursor, limit } = query;
  const filter: UpdateGroupFilter = {
    scope: query.release ?? '',
    patterns: query.search === undefined ? null : patternsOf(query.search),
    kind: query.kind ?? null,
    lane: query.lane ?? null,
    exploited: query.exploited === 'yes',
    lateAt: query.late === 'yes' ? now : null,
  };
  const after: UpdateGroupPlace | undefined = cursor === undefined ? undefined : decodeCursor(cursor, UpdateCursor);
  const [rows, counted] = await Promise.all([
    listUpdateGroups(reader, filter, { after, limit: limit + 1 }),
    countedBody(reader, now),
  ]);
  const total = await totalOf(rows, { after, limit }, () => countUpdateGroups(reader, filter));
  const place = (row: UpdateGroupRow) => [row.due, -row.assets, row.source];
  return { ...pageOf(rows, limit, (row) => updateGroupBody(row, now), place), total, ...counted };
}

function updateGroupBody(row: UpdateGroupRow, now: Instant): UpdateGroup {
  return {
    source: row.source,
    scopes: [...row.scopes],
    versions: [...row.versions],
    assets: row.assets,
    kind: row.kind,
    fixes: row.fixes,
    knownExploited: row.known_exploited,
    ...dueBody(row, now),
  };
}

/** Who is offered exactly this version, and what they have instead. */
export async function offeredAssetPage(
  reader: Reader,
  { cursor, limit, ...version }: OfferedVersion & PageQuery,
): Promise<z.infer<typeof OfferedAssetPage>> {
  const after = cursor === undefined ? undefined : decodeCursor(cursor, AssetCursor);
  const { sets, assets: total } = await readOfferSets(reader, version);
  const rows = await listOfferedTo(reader, { ...version, sets }, { after, limit: limit + 1 });
  return {
    ...pageOf(
      rows,
      limit,
      (row) => ({ ...row, installed: [...row.installed] }),
      (row) => [row.name, row.id],
    ),
    total,
  };
}
