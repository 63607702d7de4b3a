import { createHash } from 'node:crypto';
import type { FeedImported } from '@patchsteward/contract';
import type { Policy } from '@patchsteward/core/policy';
import type { Instant } from '@patchsteward/core/vocabulary';
import { FORMS } from '@patchsteward/feeds';
import { sql } from 'kysely';
import type { SourceCheck } from '../connectors/csaf-document.ts';
import type { Actor, Corridor, Wish } from '../platform/corridor.ts';
import type { Db, Tx } from '../platform/database.ts';
import { databaseFailureOf } from '../platform/database-failure.ts';
import { Refusal } from '../platform/http/refusal.ts';
import { messageOf } from '../platform/system-error.ts';
import type { FileSources } from './advisory-sources.ts';
import { countAnnouncements, mergeAnnouncements } from './announcement-merge-store.ts';
import { believeTouched } from './believing.ts';
import { countAdvisories, countMarked, mergeAdvisories } from './claims-store.ts';
import { countEntries, mergeKnownExploited } from './entries-store.ts';
import type { FeedFile } from './feeds-file.ts';
import { readFeedFile } from './feeds-reader.ts';
import { type FeedEntry, feedNamed, type Mirrors } from './feeds-registry.ts';
import { FEED_READER, type FeedRows } from './feeds-rows.ts';
import {
  type FeedRow,
  keepFeed,
  keepFile,
  type MergeCounts,
  QUARANTINE_KEPT_MAX,
  readFeedRows,
  storeConfirmed,
  storeFailure,
  storeImported,
  whileImporting,
} from './feeds-store.ts';
import { isJudgingOpen, readFleetCount } from './fleet-lag-store.ts';
import { FLEET_WISH, REJUDGE_WISH } from './judging.ts';
import { countLifecycles, mergeLifecycles } from './lifecycle-store.ts';
import { mergePackageSupport } from './package-support-store.ts';
import { PLATFORM_ENDS_WISH } from './platform-ends.ts';
import { mergeProducts } from './product-support-store.ts';
import { countRatingRecords, dropRatingsOfChanged, mergeRatingRecords } from './rating-store.ts';
import { mergeScores } from './scores-store.ts';

/** A merge of the whole Debian export on a slow disk; ordinary statements have far less. */
const MERGE_STATEMENT_MS_MAX = 600_000;
/** A third of a million claims or scores is put in order in memory; ordinary statements have 4 MB. */
const MERGE_MEMORY = '64MB';

/** What an import works with. */
export interface ImportTools {
  readonly db: Db;
  readonly corridor: Corridor;
  readonly clock: () => Instant;
  readonly mirrors: Mirrors;
  /** Whom to believe of several sources. */
  readonly policy: Pick<Policy, 'severity' | 'critical' | 'binding' | 'priority'>;
  /**
   * Judges, assesses and counts what waits; whether the lists over the fleet show all of it. Where nothing waited they are
   * as they were, and are counted again only where they show by themselves what was imported.
   */
  readonly settle: (isListed: boolean) => Promise<boolean>;
}

/** Takes over the file of a feed. Refuses with `feed-busy`, `feed-unreadable` or `feed-outdated`; what was there stays. */
export async function importFeed(
  tools: ImportTools,
  feed: string,
  file: FeedFile,
  actor: Actor,
): Promise<FeedImported> {
  const entry = feedNamed(await readFeedRows(tools.db), tools.mirrors, feed);
  const outcome = await whileImporting(tools.db, feed, async () => {
    try {
      return await importLocked(tools, entry, file, actor);
    } catch (error) {
      // A database that is gone or full takes no note either; the caller says which.
      if (databaseFailureOf(error) === undefined) await storeFailure(tools.db, feed, tools.clock(), messageOf(error));
      throw error;
    }
  });
  if (outcome.kind === 'busy') throw new Refusal('feed-busy', `An import of ${feed} is running.`);
  return outcome.value;
}

async function importLocked(tools: ImportTools, entry: FeedEntry, file: FeedFile, actor: Actor): Promise<FeedImported> {
  const started = tools.clock();
  const feed = entry.id;
  await keepFeed(tools.db, feed);
  const known = (await readFeedRows(tools.db)).get(feed);
  // Documents were compared one by one, and may be checked better than before.
  if (file.documents === undefined && known?.sha256 === file.sha256 && known.reader === FEED_READER) {
    await storeConfirmed(tools.db, feed, started, file.served);
    return unchanged(tools, feed, known, started);
  }
  const read = await readFeedFile({ id: feed, form: entry.form, families: entry.families }, file.path);
  const rows = { ...read, quarantined: [...(file.refused ?? []), ...read.quarantined] };
  refuseOutdated(entry, rows, known);
  const { rejudged, ...counts } = await tools.corridor.change({ actor, at: started }, (tx) =>
    merge(tx, { ...entry, policy: tools.policy }, file, rows, started),
  );
  const isCounted = await tools.settle(entry.gives === 'scores');
  return {
    feed,
    changed: counts.added + counts.updated + counts.removed > 0,
    records: rows.records,
    ...counts,
    quarantined: rows.quarantined.slice(0, QUARANTINE_KEPT_MAX).map((one) => ({ ...one })),
    quarantinedTotal: rows.quarantined.length,
    judgesNothing: entry.gives === 'claims' && rows.claims.length === 0 && rows.quarantined.length > 0,
    durationMs: tools.clock() - started,
    rejudged,
    countingSince: isCounted ? null : new Date(started).toISOString(),
  };
}

/** What the same bytes brought before may still be judged. */
export async function unchanged(
  { db, clock }: Pick<ImportTools, 'db' | 'clock'>,
  feed: string,
  known: FeedRow,
  started: Instant,
): Promise<FeedImported> {
  const since = (await isJudgingOpen(db)) ? (await readFleetCount(db, clock())).countingSince : null;
  const judgesNothing = known.quarantined > 0 && (await saysNothing(db, feed));
  const nothing = { judgesNothing, added: 0, updated: 0, removed: 0, rejudged: 0, quarantined: [] };
  return {
    ...{ feed, changed: false, records: known.records, quarantinedTotal: known.quarantined, ...nothing },
    durationMs: clock() - started,
    countingSince: since === null ? null : new Date(since).toISOString(),
  };
}

/** Whether all that a feed of advisories ever brought was set aside. */
async function saysNothing(db: Db, feed: string): Promise<boolean> {
  const { rows } = await sql<{ announced: boolean; claimed: boolean }>`
    select exists (select from identification.advisory where advisory.feed = ${feed}) as announced,
      exists (select from identification.claim where claim.feed = ${feed}) as claimed
  `.execute(db);
  return rows[0]?.announced === true && !rows[0].claimed;
}

/** A catalog says all there is on its day: an older one would bring back what is no longer so. Advisories and announcements each carry their own revision. */
function refuseOutdated({ gives }: FeedEntry, rows: FeedRows, known: FeedRow | undefined): void {
  const stored = known?.data_as_of ?? null;
  if (
    gives === 'claims' ||
    gives === 'severities' ||
    gives === 'announcements' ||
    stored === null ||
    rows.dataAsOf === null ||
    rows.dataAsOf >= stored
  )
    return;
  const [theirs, ours] = [rows.dataAsOf, stored].map((instant) => new Date(instant).toISOString());
  throw new Refusal('feed-outdated', `The file is of ${theirs}, what is loaded is of ${ours}.`);
}

type MergedFeed = FeedEntry & Pick<ImportTools, 'policy'>;

/** Where records have no dates, nothing but our memory tells that a file is an old one that somebody serves again. */
function refuseReplayed(feed: string, { added, updated, removed }: MergeCounts): void {
  if (added + updated + removed === 0) return;
  throw new Refusal(
    'feed-outdated',
    `What this file of ${feed} says was imported before, and something newer since then.`,
  );
}

/** Of what was read: the same, packed or spelled in another way, is no new file. */
function contentHash({ rows, claims, products, listed }: FeedRows): string {
  const hash = createHash('sha256');
  for (const batch of [...rows, ...claims, ...products, ...listed]) hash.update(batch).update('\n');
  return `sha256:${hash.digest('hex')}`;
}

async function merge(tx: Tx, entry: MergedFeed, file: FeedFile, rows: FeedRows, at: Instant) {
  const feed = entry.id;
  await sql`
    select set_config('statement_timeout', ${String(MERGE_STATEMENT_MS_MAX)}, true),
      set_config('work_mem', ${MERGE_MEMORY}, true)
  `.execute(tx);
  const counts = await mergeRows(tx, entry, file, rows, at);
  const isNewFile = await keepFile(tx, { feed, sha256: file.sha256, at });
  if (!FORMS[entry.form].dated) {
    const isNew = await keepFile(tx, { feed, sha256: contentHash(rows), at });
    if (!isNew || !isNewFile) refuseReplayed(feed, counts);
  }
  const { quarantined, dataAsOf } = rows;
  const records = await countRecords(tx, entry);
  await storeImported(tx, {
    feed,
    at,
    sha256: file.sha256,
    etag: file.served?.etag ?? null,
    confirmedAt: file.served === null ? null : at,
    dataAsOf,
    reader: FEED_READER,
    records,
    quarantined,
  });
  const payload = {
    sha256: file.sha256,
    from: file.served?.url ?? 'file',
    dataAsOf: dataAsOf === null ? null : new Date(dataAsOf).toISOString(),
    records,
    quarantined: quarantined.length,
    ...counts,
  };
  return {
    value: { ...counts, rejudged: await countMarked(tx) },
    leaves: [{ kind: 'feed.imported', subject: feed, payload }],
    wishes: wishesOf(entry),
  };
}

/** What ends another day than before is looked at on that day; scores are listed, and nothing is judged by them. */
function wishesOf({ gives }: MergedFeed): Wish[] {
  if (gives === 'lifecycles') return [REJUDGE_WISH, PLATFORM_ENDS_WISH];
  return gives === 'scores' ? [REJUDGE_WISH, FLEET_WISH] : [REJUDGE_WISH];
}

async function mergeRows(
  tx: Tx,
  feed: MergedFeed,
  file: FeedFile,
  rows: FeedRows,
  at: Instant,
): Promise<Awaited<ReturnType<typeof mergeScores>>> {
  const { id, gives } = feed;
  switch (gives) {
    case 'claims':
      return mergeClaims(tx, { id, publisher: publisherOf(feed), policy: feed.policy }, rows, at, sourcesOf(file));
    case 'announcements':
      return mergeAnnouncements(tx, { feed: id, sha256: file.sha256 }, rows.rows, at);
    case 'severities':
      return mergeRatings(tx, { id, publisher: publisherOf(feed), policy: feed.policy }, rows, at);
    case 'known-exploited':
      return mergeKnownExploited(tx, rows, { feed: id, at, dueBinds: feed.policy.binding.knownExploitedDue });
    case 'scores':
      return mergeScores(tx, rows, feed.policy);
    case 'lifecycles':
      return mergeSupport(tx, id, rows);
  }
}

/** Whose words they are, under which feed they stand, and whom to believe. */
interface Speaker {
  readonly id: string;
  readonly publisher: string;
  readonly policy: Pick<Policy, 'severity' | 'critical'>;
}

function sourcesOf({ sha256, check = UNCHECKED, documents = [] }: FeedFile): FileSources {
  return { file: { sha256, ...check }, documents };
}

const UNCHECKED: SourceCheck = { checkedBy: 'nothing', signedBy: null };

/** What advisories claim, and how severe they call it. `sources`: null, a person told it. */
export async function mergeClaims(
  tx: Tx,
  speaker: Speaker,
  rows: FeedRows,
  at: Instant,
  sources: FileSources | null = null,
): Promise<MergeCounts> {
  const counts = await mergeAdvisories(tx, speaker.id, rows, at, sources);
  await mergeRatingRecords(tx, { feed: speaker.id, publisher: speaker.publisher }, rows.ratings);
  await dropRatingsOfChanged(tx, speaker.publisher);
  await believeTouched(tx, speaker.policy, { feed: speaker.id, at });
  return counts;
}

/** Ends first: whose release an asset is found to be is judged by them. */
async function mergeSupport(tx: Tx, feed: string, rows: FeedRows): Promise<MergeCounts> {
  const ends = await mergeLifecycles(tx, feed, rows);
  const products = await mergeProducts(tx, feed, rows);
  const listed = await mergePackageSupport(tx, feed, rows);
  return {
    added: ends.added + products.added + listed.added,
    updated: ends.updated + products.updated + listed.updated,
    removed: ends.removed + products.removed + listed.removed,
  };
}

async function mergeRatings(
  tx: Tx,
  { id, publisher, policy }: Speaker,
  rows: FeedRows,
  at: Instant,
): Promise<MergeCounts> {
  const counts = await mergeRatingRecords(tx, { feed: id, publisher }, rows.ratings);
  await believeTouched(tx, policy, { feed: id, at });
  return counts;
}

/** Several feeds bring records of one form that only one publisher writes; advisories are each feed's own. */
function publisherOf({ id, form, gives }: Pick<FeedEntry, 'id' | 'form' | 'gives'>): string {
  return gives === 'severities' ? form : id;
}

async function countRecords(tx: Tx, feed: FeedEntry): Promise<number> {
  const { id, gives } = feed;
  if (gives === 'severities') return countRatingRecords(tx, publisherOf(feed));
  if (gives === 'claims') return countAdvisories(tx, id);
  if (gives === 'announcements') return countAnnouncements(tx, id);
  return gives === 'lifecycles' ? countLifecycles(tx, id) : countEntries(tx, gives);
}
