import { createHash } from 'node:crypto';
import { Readable } from 'node:stream';
import { FEED_BYTES_MAX, type FeedImported } from '@patchsteward/contract';
import { ALL_VERSION_ORDERS } from '@patchsteward/core/versions';
import { type Instant, MINUTE_MS } from '@patchsteward/core/vocabulary';
import { type CsafIdentity, csafIdentityOf, type ListedDocument, type Quarantined } from '@patchsteward/feeds';
import { verifiedDocument } from '../connectors/csaf-document.ts';
import { type ProviderSource, readProvider } from '../connectors/csaf-provider.ts';
import { type Asking, askingOf } from '../connectors/origin-bytes.ts';
import type { Actor } from '../platform/corridor.ts';
import { Refusal } from '../platform/http/refusal.ts';
import { keepingFailure } from './feeds-failure.ts';
import type { FetchTools } from './feeds-fetch.ts';
import { withSavedFeed } from './feeds-file.ts';
import { importFeed, unchanged } from './feeds-import.ts';
import { type FeedRow, storeConfirmed } from './feeds-store.ts';
import { putTakenDocuments, readPinnedKeys, readTakenDocuments, type TakenDocument } from './provider-store.ts';

/** The first look at a large provider takes several: what is left waits for the next one. */
const DOCUMENTS_PER_LOOK_MAX = 5_000;
/** A person waits for a fetch no longer than for a request. */
const LOOK_MS_MAX = 3 * MINUTE_MS;
/** Documents that are asked for at once, each with what stands beside it. */
const LANES = 8;

interface Provider {
  readonly feed: string;
  readonly url: string;
  readonly known: FeedRow | undefined;
}

/**
 * Takes over what a CSAF provider lists and we do not have yet, oldest change first. Each document is checked before it is
 * read; what does not hold is refused with its reason, and what was there before stays.
 */
export async function fetchProvider(
  tools: FetchTools,
  { feed, url, known }: Provider,
  actor: Actor,
  signal: AbortSignal,
): Promise<FeedImported> {
  const started = tools.clock();
  const look = await keepingFailure(tools, feed, () => lookAt(tools, feed, url, signal));
  if (look.documents.length === 0 && known !== undefined) {
    await storeConfirmed(tools.db, feed, tools.clock(), { etag: known.etag });
    return unchanged(feed, known, tools.clock() - started);
  }
  const lines = Readable.from(look.documents.map(({ line }) => line));
  const imported = await withSavedFeed(tools.scratchDirectory, lines, { url, etag: null }, (file) =>
    importFeed(tools, feed, { ...file, refused: look.refused }, actor),
  );
  // Taken once they are imported: what a crash leaves out is asked for again.
  await tools.db.transaction().execute((tx) =>
    putTakenDocuments(
      tx,
      feed,
      look.documents.map(({ taken: one }) => one),
      tools.clock(),
    ),
  );
  return imported;
}

function wantedOf(listed: readonly ListedDocument[], taken: readonly TakenDocument[]): ListedDocument[] {
  const known = new Map(taken.map((one) => [one.url, one]));
  return listed
    .filter(({ url, changedAt }) => {
      const one = known.get(url);
      // A list without times does not say what has changed: then the hash of each will.
      return one === undefined || changedAt === null || one.changedAt === null || changedAt > one.changedAt;
    })
    .sort((a, b) => (a.changedAt ?? 0) - (b.changedAt ?? 0))
    .slice(0, DOCUMENTS_PER_LOOK_MAX);
}

interface Look {
  readonly documents: { readonly line: string; readonly taken: TakenDocument }[];
  readonly refused: Quarantined[];
}

async function lookAt(
  { clock, db, origin }: FetchTools,
  feed: string,
  url: string,
  signal: AbortSignal,
): Promise<Look> {
  const ask = askingOf(origin, signal);
  const source = await readProvider(ask, url, await readPinnedKeys(db, feed));
  const taken = await readTakenDocuments(db, feed);
  const look = await readDocuments(ask, source, wantedOf(source.documents, taken), taken, clock);
  if (look.documents.length === 0 && look.refused.length > 0) throw refusedAll(look.refused);
  return look;
}

async function readDocuments(
  ask: Asking,
  source: ProviderSource,
  wanted: readonly ListedDocument[],
  taken: readonly TakenDocument[],
  clock: () => Instant,
): Promise<Look> {
  const look: Look = { documents: [], refused: [] };
  const newest = newestOf(taken);
  const until = clock() + LOOK_MS_MAX;
  let bytesTotal = 0;
  for (let start = 0; start < wanted.length && clock() < until && bytesTotal < FEED_BYTES_MAX / 2; start += LANES) {
    const lane = wanted.slice(start, start + LANES);
    const read = await Promise.all(lane.map((listed) => verifiedDocument(ask, listed, source, clock())));
    for (const [index, bytes] of read.entries()) {
      const listed = lane[index];
      if (listed === undefined) continue;
      const document = typeof bytes === 'string' ? bytes : documentIn(bytes, listed, newest);
      if (typeof document === 'string') look.refused.push({ record: listed.url, problem: document });
      else if (document !== null) {
        look.documents.push(document);
        newest.set(document.taken.document, document.taken);
        bytesTotal += document.line.length;
      }
    }
  }
  return look;
}

function newestOf(taken: readonly TakenDocument[]): Map<string, TakenDocument> {
  const newest = new Map<string, TakenDocument>();
  for (const one of taken) {
    const known = newest.get(one.document);
    if (known === undefined || isOlder(known, one)) newest.set(one.document, one);
  }
  return newest;
}

/** null: as it was taken before. A text: it cannot be used, or is older than what we have. */
function documentIn(
  bytes: Buffer,
  { url, changedAt }: ListedDocument,
  newest: ReadonlyMap<string, TakenDocument>,
): Look['documents'][number] | string | null {
  const sha256 = `sha256:${createHash('sha256').update(bytes).digest('hex')}`;
  const identity = csafIdentityOf(bytes);
  if (typeof identity === 'string') return identity;
  const { id, version, releasedAt } = identity;
  const known = newest.get(id);
  if (known?.sha256 === sha256 && known.changedAt === changedAt && known.url === url) return null;
  if (known !== undefined && isOlder(identity, known)) {
    return `it is revision ${version} of ${timeOf(releasedAt)}, and ${known.version} of ${timeOf(known.releasedAt)} was taken before`;
  }
  const line = `${JSON.stringify(JSON.parse(bytes.toString('utf8')))}\n`;
  return { line, taken: { url, document: id, version, releasedAt, changedAt, sha256 } };
}

/** A replayed revision brings back what its vendor has corrected since. */
function isOlder(a: Pick<CsafIdentity, 'version' | 'releasedAt'>, b: Pick<CsafIdentity, 'version' | 'releasedAt'>) {
  if (a.releasedAt !== b.releasedAt) return a.releasedAt < b.releasedAt;
  return ALL_VERSION_ORDERS.loose.compare(a.version, b.version) < 0;
}

function refusedAll(refused: readonly Quarantined[]): Refusal {
  const [first] = refused;
  const rest = refused.length === 1 ? '' : ` and ${refused.length - 1} more`;
  return new Refusal('feed-unreadable', `Refused: ${first?.record}${rest}: ${first?.problem}.`);
}

function timeOf(instant: Instant): string {
  return new Date(instant).toISOString();
}
