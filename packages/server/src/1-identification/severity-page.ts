import type { SeverityPage, SeverityQuery, SeverityRow } from '@patchsteward/contract';
import type { Instant } from '@patchsteward/core/vocabulary';
import { z } from 'zod';
import type { Reader } from '../platform/database.ts';
import { decodeCursor } from '../platform/http/cursor.ts';
import { intelligenceBody } from './assessment-body.ts';
import { countedBody, GroupCursor, groupPlace } from './fleet-group-page.ts';
import { countGroups, type GroupFilter, listGroups } from './fleet-group-store.ts';
import { dueBody, pageOf, totalOf } from './fleet-page.ts';
import { knownOf } from './knowledge.ts';
import { patternsOf } from './memory-page.ts';
import {
  countJudged,
  type DescribedRow,
  describe,
  type JudgedPlace,
  type JudgedRow,
  listJudged,
} from './severity-store.ts';

const JudgedCursor = z.tuple([z.number(), z.string()]);

/**
 * What waits for a word of Security, the most urgent first; or what Security said, or what sources say less of by now,
 * the newest first.
 */
export async function severityPage(reader: Reader, query: SeverityQuery, now: Instant): Promise<SeverityPage> {
  const page =
    query.state === 'unknown' ? await unknownPage(reader, query) : await spokenPage(reader, query.state, query);
  const described = await describe(
    reader,
    page.items.map(({ name }) => name),
  );
  const byId = new Map(described.map((row) => [row.vulnerability, row]));
  return {
    ...page,
    items: page.items.flatMap((row) => {
      const about = byId.get(row.name);
      return about === undefined ? [] : [severityRow(row, about, now)];
    }),
    ...(await countedBody(reader, now)),
  };
}

type ListedRow = Omit<JudgedRow, 'at'>;

interface ListedPage {
  readonly items: readonly ListedRow[];
  readonly next: string | null;
  readonly total: number;
}

async function unknownPage(reader: Reader, query: SeverityQuery): Promise<ListedPage> {
  const { search, source, release, cursor, limit } = query;
  const filter: GroupFilter = {
    ...{ kind: 'vulnerability', scope: release ?? '', environment: '', severity: 'unknown', source: source ?? null },
    ...{ patterns: search === undefined ? null : patternsOf(search), lane: null, exploited: false, lateAt: null },
    fix: null,
  };
  const after = cursor === undefined ? undefined : decodeCursor(cursor, GroupCursor);
  const rows = await listGroups(reader, filter, { after, limit: limit + 1 });
  return {
    ...pageOf(rows, limit, (row) => row, groupPlace),
    total: await totalOf(rows, { after, limit }, () => countGroups(reader, filter)),
  };
}

async function spokenPage(reader: Reader, state: 'judged' | 'held', query: SeverityQuery): Promise<ListedPage> {
  const { search, source, release, cursor, limit } = query;
  const patterns = search === undefined ? null : patternsOf(search);
  const filter = { state, patterns, source: source ?? null, scope: release ?? '' };
  const after: JudgedPlace | undefined = cursor === undefined ? undefined : decodeCursor(cursor, JudgedCursor);
  const rows = await listJudged(reader, filter, { after, limit: limit + 1 });
  return {
    ...pageOf(
      rows,
      limit,
      (row) => row,
      (row) => [row.at, row.name],
    ),
    total: await totalOf(rows, { after, limit }, () => countJudged(reader, filter)),
  };
}

function severityRow(row: ListedRow, about: DescribedRow, now: Instant): SeverityRow {
  return {
    vulnerability: row.name,
    feeds: [...row.feeds],
    sources: [...row.sources],
    scopes: [...row.scopes],
    assets: row.assets,
    ...dueBody(row, now),
    advisory: about.advisory,
    advisoryUrl: about.advisory_url,
    // In one release it has the word of its vendor; over several that of everybody.
    intelligence: intelligenceBody(knownOf(row.scopes.length === 1 ? { ...about, scope: row.scopes[0] ?? '' } : about)),
  };
}
