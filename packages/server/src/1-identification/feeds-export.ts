import { Readable } from 'node:stream';
import type { FeedExportQuery } from '@patchsteward/contract';
import type { Instant } from '@patchsteward/core/vocabulary';
import { writtenRecords } from '@patchsteward/feeds';
import type { Db } from '../platform/database.ts';
import { claimOf } from './claim-row.ts';
import { momentOf } from './exposure-moment.ts';
import {
  type ExportedAdvisory,
  type ExportFilter,
  readExportedAdvisories,
  readExportedClaims,
  readExportedRatings,
} from './feeds-export-store.ts';

/** Read and written at once: one advisory may hold thousands of claims, and others wait for the server meanwhile. */
const PAGE_ADVISORIES = 50;
/** Of a past day each page goes through all claims that ended, which no index tells by advisory. */
const PAST_PAGE_ADVISORIES = 1_000;
/** Five million advisories: ten times all that all ecosystems have published. What goes on beyond that is a defect. */
const PAGES_MAX = 100_000;

/** What is known, or was known then, as lines of OSV. Read while it is sent: it is in no memory at once. // OSV 1.7 */
export function exportOsv(db: Db, { feed, vulnerability, at }: FeedExportQuery, now: Instant): Readable {
  const filter: ExportFilter = {
    ...{ feed: feed ?? null, vulnerabilities: vulnerability ?? null },
    at: momentOf(at, now),
  };
  return Readable.from(linesOf(db, filter), { objectMode: false });
}

async function* linesOf(db: Db, filter: ExportFilter): AsyncGenerator<string> {
  const limit = filter.at === null ? PAGE_ADVISORIES : PAST_PAGE_ADVISORIES;
  let after = { feed: '', id: '' };
  for (let page = 0; page < PAGES_MAX; page++) {
    const advisories = await readExportedAdvisories(db, filter, after, limit);
    const last = advisories.at(-1);
    if (last === undefined) return;
    yield await textOf(db, filter, advisories);
    after = last;
  }
  throw new Error(`an export has more than ${PAGES_MAX} pages`);
}

async function textOf(db: Db, filter: ExportFilter, advisories: readonly ExportedAdvisory[]): Promise<string> {
  const claims = await readExportedClaims(db, advisories, filter.at);
  const ratings = await readExportedRatings(db, claims, filter.at);
  const claimsOf = Map.groupBy(claims, ({ feed, advisory }) => keyOf(feed, advisory));
  const ratingsOf = Map.groupBy(ratings, ({ feed, record }) => keyOf(feed, record));
  const wanted = filter.vulnerabilities;
  return advisories
    .flatMap((row) => {
      const key = keyOf(row.feed, row.id);
      return writtenRecords({
        advisory: {
          ...{ feed: row.feed, id: row.id, summary: row.summary, published: row.published },
          ...{ publishedPrecision: row.published_precision, modified: row.modified, withdrawn: row.withdrawn },
          ...{ aliases: row.aliases, references: row.reference_urls },
        },
        claims: (claimsOf.get(key) ?? []).map(claimOf),
        ratings: (ratingsOf.get(key) ?? []).flatMap((one) => one.ratings),
        isIdShared: row.is_shared,
      });
    })
    .filter((record) => wanted === null || isAbout(record, wanted))
    .map((record) => `${JSON.stringify(record)}\n`)
    .join('');
}

function isAbout({ database_specific }: ReturnType<typeof writtenRecords>[number], wanted: readonly string[]): boolean {
  return database_specific.patchsteward.vulnerabilities.some((id) => wanted.includes(id));
}

function keyOf(feed: string, advisory: string): string {
  return `${feed} ${advisory}`;
}
