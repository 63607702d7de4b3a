import { lifecyclesOfProduct, productNames, type SupportedProduct } from '@patchsteward/core/1-identification';
import type { Instant } from '@patchsteward/core/vocabulary';
import {
  type Epss,
  type FeedForm,
  FeedUnreadable,
  familyOf,
  parseAdvisories,
  parseCve,
  parseEpss,
  parseKev,
  parseLifecycles,
  parseNvd,
  parseSupportList,
  type Quarantined,
  type Rated,
  type RatedFile,
  supportListOf,
} from '@patchsteward/feeds';
import { announcementRows } from './announcement-rows.ts';
import { advisoryRows } from './feeds-advisory-rows.ts';
import { isStorable, timeOf, UNSTORABLE } from './feeds-row-text.ts';
import { ratingRecordRow } from './rating-rows.ts';

/** Raised whenever the same bytes give other rows than before: what an older reader imported is then read again. */
export const FEED_READER = 5;
/** One statement stages this many rows: enough to be fast, few enough to keep other requests moving. */
const ROWS_PER_BATCH = 20_000;

/** Rows of one staging table, as texts of JSON: arrays of rows, and of scores their columns. */
type RowBatches = readonly string[];

/** What a feed file says, ready for the database. Made beside the event loop, so texts and numbers only. */
export interface FeedRows {
  readonly records: number;
  readonly dataAsOf: Instant | null;
  readonly quarantined: readonly Quarantined[];
  /** Of a feed of claims its advisories, of the others their entries. */
  readonly rows: RowBatches;
  /** Of a feed of claims alone: what its advisories say, each once for all vulnerabilities that it is said of. */
  readonly claims: RowBatches;
  /** What its records say of severities. */
  readonly ratings: RowBatches;
  /** Of ends of support: the products whose releases have some. */
  readonly products: RowBatches;
  /** Of lists of packages without support inside their release: their lines. */
  readonly listed: RowBatches;
}

/** What its reader must know of a feed. */
export interface ReadableFeed {
  readonly id: string;
  readonly form: FeedForm;
  /** What the scopes of its claims begin with; null: anything. */
  readonly families: readonly string[] | null;
}

/** Throws FeedUnreadable where the file as a whole cannot be used. */
export function readFeed(feed: ReadableFeed, bytes: Uint8Array): FeedRows {
  const { form } = feed;
  switch (form) {
    case 'kev':
      return exploitedRows(bytes);
    case 'epss':
      return scoreRows(bytes);
    case 'endoflife':
      return lifecycleRows(feed, bytes);
    case 'debian-support':
      return listedRows(feed.id, bytes);
    case 'cve':
      return ratingRows(parseCve(bytes));
    case 'nvd':
      return ratingRows(parseNvd(bytes));
    case 'announcements':
      return announcedRows(bytes);
    case 'osv':
    case 'alpine-secdb':
    case 'debian-tracker':
    case 'csaf':
    case 'updateinfo':
      return claimRows(feed, parseAdvisories(form, bytes));
  }
}

/** What advisories say, as rows. */
export function claimRows(
  feed: Pick<ReadableFeed, 'id' | 'families'>,
  parsed: ReturnType<typeof parseAdvisories>,
): FeedRows {
  const { rows, claims, quarantined } = advisoryRows(feed, parsed);
  const refused = [...quarantined];
  const ratings = batches(ratingTexts(parsed.rated ?? [], refused));
  return {
    ...summaryOf(parsed, rows.length),
    quarantined: refused,
    rows: batches(rows),
    claims: batches(claims),
    ratings,
    products: [],
    listed: [],
  };
}

function announcedRows(bytes: Uint8Array): FeedRows {
  const { rows, quarantined, dataAsOf } = announcementRows(bytes);
  return {
    records: rows.length,
    dataAsOf,
    quarantined,
    rows: batches(rows),
    claims: [],
    ratings: [],
    products: [],
    listed: [],
  };
}

function exploitedRows(bytes: Uint8Array): FeedRows {
  const parsed = parseKev(bytes);
  const rows: string[] = [];
  const quarantined = [...parsed.quarantined];
  for (const { vulnerability, added, due, ransomware, name } of parsed.entries) {
    const row = JSON.stringify({ vulnerability, added: timeOf(added), due: timeOf(due), ransomware, name });
    if (isStorable(row)) rows.push(row);
    else quarantined.push({ record: vulnerability, problem: UNSTORABLE });
  }
  return {
    ...summaryOf(parsed, parsed.entries.length),
    quarantined,
    rows: batches(rows),
    claims: [],
    ratings: [],
    products: [],
    listed: [],
  };
}

function scoreRows(bytes: Uint8Array): FeedRows {
  const parsed = parseEpss(bytes);
  const { quarantined, scores } = parsed;
  return {
    ...summaryOf(parsed, scores.length),
    quarantined,
    rows: scoreBatches(parsed),
    claims: [],
    ratings: [],
    products: [],
    listed: [],
  };
}

/** A third of a million rows of three words each: column by column they are written and read in half the time. */
function scoreBatches({ model, scoreDate, scores }: Epss): RowBatches {
  const texts: string[] = [];
  for (let start = 0; start < scores.length; start += ROWS_PER_BATCH) {
    const some = scores.slice(start, start + ROWS_PER_BATCH);
    const columns = {
      vulnerability: some.map(({ vulnerability }) => vulnerability),
      score: some.map(({ score }) => score),
      percentile: some.map(({ percentile }) => percentile),
    };
    texts.push(JSON.stringify({ model, score_date: scoreDate, ...columns }));
  }
  return texts;
}

function ratingRows(parsed: RatedFile): FeedRows {
  const quarantined = [...parsed.quarantined];
  const ratings = batches(ratingTexts(parsed.rated, quarantined));
  return {
    ...summaryOf(parsed, parsed.rated.length),
    quarantined,
    rows: [],
    claims: [],
    ratings,
    products: [],
    listed: [],
  };
}

function ratingTexts(rated: readonly Rated[], quarantined: Quarantined[]): string[] {
  const texts: string[] = [];
  for (const one of rated) {
    const text = JSON.stringify(ratingRecordRow(one));
    if (isStorable(text)) texts.push(text);
    else quarantined.push({ record: one.record, problem: UNSTORABLE });
  }
  return texts;
}

function lifecycleRows({ id, families }: ReadableFeed, bytes: Uint8Array): FeedRows {
  const parsed = parseLifecycles(bytes);
  const strange = parsed.lifecycles.find(({ scope }) => families?.includes(familyOf(scope)) === false);
  if (strange !== undefined) {
    throw new FeedUnreadable('not-this-feed', `the file speaks of ${strange.scope}, of which ${id} does not speak`);
  }
  const refused = [...parsed.quarantined];
  const products = parsed.products.flatMap((product) => {
    const row = productRow(product);
    if (isStorable(row)) return [{ product, row }];
    refused.push({ record: product.name, problem: UNSTORABLE });
    return [];
  });
  const ends = [...parsed.lifecycles, ...products.flatMap(({ product }) => lifecyclesOfProduct(product))];
  const rows = ends.map((one) => JSON.stringify({ scope: one.scope, phase: one.phase, ends: timeOf(one.ends) }));
  return {
    ...summaryOf(parsed, rows.length),
    ...{ quarantined: refused, rows: batches(rows), claims: [], ratings: [] },
    products: batches(products.map(({ row }) => row)),
    listed: [],
  };
}

/** The name of its feed says of which release a list speaks, which the list itself does not. */
function listedRows(feed: string, bytes: Uint8Array): FeedRows {
  const of = supportListOf(feed);
  if (of === null) {
    const problem = 'a list of debian-security-support is imported as a feed named debian-12-support-ended or -limited';
    throw new FeedUnreadable('not-this-feed', problem);
  }
  const parsed = parseSupportList(bytes, of.what);
  const rows = parsed.listed.map(({ source, isBeginning, lastVersion, ends, details }, place) =>
    JSON.stringify({
      ...{ place, scope: of.scope, source, is_beginning: isBeginning, last_version: lastVersion },
      ...{ ends: ends === null ? null : timeOf(ends), details },
    }),
  );
  const unstorable = rows.find((row) => !isStorable(row));
  if (unstorable !== undefined) throw new FeedUnreadable('not-this-feed', UNSTORABLE);
  const { quarantined } = parsed;
  const nothing = { rows: [], claims: [], ratings: [], products: [] };
  return { ...summaryOf(parsed, rows.length), ...nothing, quarantined, listed: batches(rows) };
}

function productRow(product: SupportedProduct): string {
  const { name, components } = product;
  return JSON.stringify({ name, names: productNames(product), components, facts: product });
}

function summaryOf(parsed: { readonly dataAsOf: Instant | null }, records: number) {
  return { records, dataAsOf: parsed.dataAsOf };
}

function batches(rows: readonly string[]): RowBatches {
  const texts: string[] = [];
  for (let start = 0; start < rows.length; start += ROWS_PER_BATCH) {
    texts.push(`[${rows.slice(start, start + ROWS_PER_BATCH).join(',')}]`);
  }
  return texts;
}
