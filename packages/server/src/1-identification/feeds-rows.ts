import type { Advisory, Claim } from '@patchsteward/core/1-identification';
import type { Instant } from '@patchsteward/core/vocabulary';
import {
  type AdvisoryFormat,
  type FeedForm,
  FeedUnreadable,
  familyOf,
  parseAdvisories,
  parseEpss,
  parseKev,
  parseLifecycles,
  type Quarantined,
} from '@patchsteward/feeds';
import { canonicalJson, sha256 } from '@patchsteward/trust';

/** Raised whenever the same bytes give other rows than before: what an older reader imported is then read again. */
export const FEED_READER = 2;
/** One statement stages this many rows: enough to be fast, few enough to keep other requests moving. */
const ROWS_PER_BATCH = 20_000;

/** Rows of one staging table, as texts of JSON arrays. */
type RowBatches = readonly string[];

/** What a feed file says, ready for the database. Made beside the event loop, so texts and numbers only. */
export interface FeedRows {
  readonly records: number;
  readonly dataAsOf: Instant | null;
  readonly quarantined: readonly Quarantined[];
  /** Of a feed of claims its advisories, of the others their entries. */
  readonly rows: RowBatches;
  /** Of a feed of claims alone. */
  readonly claims: RowBatches;
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
    case 'osv':
    case 'alpine-secdb':
    case 'debian-tracker':
    case 'csaf':
    case 'updateinfo':
      return advisoryRows(feed, form, bytes);
  }
}

function advisoryRows(feed: ReadableFeed, form: AdvisoryFormat, bytes: Uint8Array): FeedRows {
  const parsed = parseAdvisories(form, bytes);
  const quarantined = [...parsed.quarantined];
  const claimsOf = Map.groupBy(ownClaims(feed, parsed.claims, quarantined), (claim) => claim.advisory);
  const rows: string[] = [];
  const claims: string[] = [];
  for (const advisory of [...parsed.advisories, ...unannounced(parsed.advisories, claimsOf.keys())]) {
    const own = claimsOf.get(advisory.id) ?? [];
    if (!isStorable(JSON.stringify([advisory, own]))) {
      quarantined.push({ record: advisory.id, problem: UNSTORABLE });
      continue;
    }
    rows.push(JSON.stringify(advisoryRow({ ...advisory, feed: feed.id }, own)));
    for (const claim of own) claims.push(JSON.stringify(claimRow(claim)));
  }
  return { ...summaryOf(parsed, rows.length), quarantined, rows: batches(rows), claims: batches(claims) };
}

/** A feed of one distribution that says something of another one holds what it should not. */
function ownClaims({ id, families }: ReadableFeed, claims: readonly Claim[], quarantined: Quarantined[]): Claim[] {
  const own: Claim[] = [];
  const strange = new Map<string, string>();
  for (const claim of claims) {
    if (families?.includes(familyOf(claim.scope)) !== false) own.push({ ...claim, feed: id });
    else strange.set(`${claim.advisory}: ${claim.scope}`, claim.scope);
  }
  for (const [record, scope] of strange) quarantined.push({ record, problem: `${id} does not speak of ${scope}` });
  const [first] = strange.values();
  if (own.length === 0 && first !== undefined) {
    throw new FeedUnreadable('not-this-feed', `the file speaks of ${first}, of which ${id} does not speak`);
  }
  return own;
}

/** A database of fixes or of statuses has no advisories: each part of it that changes by itself stands for one. */
function unannounced(advisories: readonly Advisory[], named: Iterable<string>): Advisory[] {
  const known = new Set(advisories.map(({ id }) => id));
  return [...named]
    .filter((id) => !known.has(id))
    .map((id) => ({
      ...{ feed: '', id, summary: '', published: null, publishedPrecision: 'day', modified: null, withdrawn: null },
      ...{ aliases: [], vulnerabilities: [], references: [] },
    }));
}

function advisoryRow(advisory: Advisory, claims: readonly Claim[]) {
  return {
    id: advisory.id,
    summary: advisory.summary,
    published: timeOf(advisory.published),
    published_precision: advisory.publishedPrecision,
    modified: timeOf(advisory.modified),
    withdrawn: timeOf(advisory.withdrawn),
    aliases: advisory.aliases,
    reference_urls: advisory.references,
    // Of what was read, not of the bytes: the same record in another spelling is no new revision.
    revision: sha256(canonicalJson({ advisory, claims })),
  };
}

function claimRow(claim: Claim) {
  return {
    advisory: claim.advisory,
    authority: claim.authority,
    vulnerability: claim.vulnerability,
    scope: claim.scope,
    package_kind: claim.packageKind,
    package_name: claim.packageName,
    architectures: claim.architectures ?? null,
    status: claim.status,
    ranges: claim.ranges,
    versions: claim.versions,
    published: timeOf(claim.published),
    published_precision: claim.publishedPrecision,
    modified: timeOf(claim.modified),
    withdrawn: timeOf(claim.withdrawn),
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
  return { ...summaryOf(parsed, parsed.entries.length), quarantined, rows: batches(rows), claims: [] };
}

function scoreRows(bytes: Uint8Array): FeedRows {
  const parsed = parseEpss(bytes);
  const { model, scoreDate, quarantined } = parsed;
  const rows = parsed.scores.map((score) => JSON.stringify({ ...score, model, score_date: scoreDate }));
  return { ...summaryOf(parsed, parsed.scores.length), quarantined, rows: batches(rows), claims: [] };
}

function lifecycleRows({ id, families }: ReadableFeed, bytes: Uint8Array): FeedRows {
  const parsed = parseLifecycles(bytes);
  const strange = parsed.lifecycles.find(({ scope }) => families?.includes(familyOf(scope)) === false);
  if (strange !== undefined) {
    throw new FeedUnreadable('not-this-feed', `the file speaks of ${strange.scope}, of which ${id} does not speak`);
  }
  const rows = parsed.lifecycles.map(({ scope, phase, ends }) => JSON.stringify({ scope, phase, ends: timeOf(ends) }));
  const { quarantined } = parsed;
  return { ...summaryOf(parsed, rows.length), quarantined, rows: batches(rows), claims: [] };
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

const UNSTORABLE = 'it holds a character that no text can hold: NUL, or half of a surrogate pair';

/** JSON may carry such characters in escapes (RFC 8259 §8.2); a column of text cannot. */
function isStorable(row: string): boolean {
  return !/(?<!\\)(?:\\\\)*\\u(?:0000|d[89a-f])/.test(row);
}

function timeOf(instant: Instant | null): string | null {
  return instant === null ? null : new Date(instant).toISOString();
}
