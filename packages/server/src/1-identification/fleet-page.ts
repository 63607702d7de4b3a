import type { FleetFinding, FleetUpdate } from '@patchsteward/contract';
import type { Instant, Lane } from '@patchsteward/core/vocabulary';
import { z } from 'zod';
import type { Reader } from '../platform/database.ts';
import { decodeCursor, encodeCursor } from '../platform/http/cursor.ts';
import { intelligenceBody, timeOf } from './assessment-body.ts';
import {
  countFleetFindingRows,
  countFleetUpdateRows,
  type FleetFindingRow,
  type FleetUpdateRow,
  listFleetFindings,
  listFleetUpdates,
  type Sought,
} from './fleet-list-store.ts';
import { knownOf } from './knowledge.ts';
import type { PageQuery } from './memory-page.ts';

const FindingCursor = z.tuple([z.boolean(), z.number(), z.number(), z.string(), z.string(), z.string()]);
const UpdateCursor = z.tuple([z.boolean(), z.number(), z.number(), z.number(), z.string(), z.string(), z.string()]);

/** What the fleet is affected by: exploited first, then likely to be, then on most assets. // SOP P2.2, checklist c5 */
export async function fleetFindingPage(reader: Reader, { cursor, limit, ...sought }: PageQuery & Sought, now: Instant) {
  const after = cursor === undefined ? undefined : decodeCursor(cursor, FindingCursor);
  const rows = await listFleetFindings(reader, { ...sought, after, limit: limit + 1 });
  return {
    ...pageOf(
      rows,
      limit,
      (row) => fleetFinding(row, now),
      (row) => [row.known_exploited, row.epss, row.assets, row.vulnerability, row.source, row.scope],
    ),
    total: await totalOf(rows, { after, limit }, () => countFleetFindingRows(reader, sought)),
  };
}

/** What is offered to the fleet: security first, then what ends most of what is exploited. // SOP P2.2 */
export async function fleetUpdatePage(reader: Reader, { cursor, limit, ...sought }: PageQuery & Sought, now: Instant) {
  const after = cursor === undefined ? undefined : decodeCursor(cursor, UpdateCursor);
  const rows = await listFleetUpdates(reader, { ...sought, after, limit: limit + 1 });
  return {
    ...pageOf(
      rows,
      limit,
      (row) => fleetUpdate(row, now),
      (row) => [
        row.kind !== 'security',
        -row.known_exploited,
        -row.fixes.length,
        -row.assets,
        row.source,
        row.source_version,
        row.scope,
      ],
    ),
    total: await totalOf(rows, { after, limit }, () => countFleetUpdateRows(reader, sought)),
  };
}

/** One more row than asked for says that there is a next page. */
export function pageOf<Row, Item>(
  rows: readonly Row[],
  limit: number,
  present: (row: Row) => Item,
  placeOf: (row: Row) => (string | number | boolean | null)[],
) {
  const shown = rows.slice(0, limit);
  const last = shown.at(-1);
  const next = last === undefined || rows.length === shown.length ? null : encodeCursor(placeOf(last));
  return { items: shown.map(present), next };
}

/** A first page that has room left shows all there is: what was searched through once is not searched again to be counted. */
export async function totalOf(
  rows: readonly unknown[],
  { after, limit }: { readonly after: unknown; readonly limit: number },
  count: () => Promise<number>,
): Promise<number> {
  return after === undefined && rows.length <= limit ? rows.length : count();
}

export function dueBody({ lane, due }: { readonly lane: Lane | null; readonly due: Instant | null }, now: Instant) {
  return { lane, due: due === null ? null : timeOf(due), late: due !== null && due < now };
}

function fleetFinding(row: FleetFindingRow, now: Instant): FleetFinding {
  return {
    vulnerability: row.vulnerability,
    source: row.source,
    scope: row.scope,
    advisory: row.advisory,
    ...{ fixed: row.fixed, fix: row.fix, offeredOn: row.offered_on },
    assets: row.assets,
    ...dueBody(row, now),
    intelligence: intelligenceBody(knownOf(row)),
  };
}

function fleetUpdate(row: FleetUpdateRow, now: Instant): FleetUpdate {
  return {
    source: row.source,
    sourceVersion: row.source_version,
    scope: row.scope,
    packages: [...row.packages],
    kind: row.kind,
    fixes: [...row.fixes],
    assets: row.assets,
    ...dueBody(row, now),
  };
}
