import { FEED_BYTES_MAX, type FeedImported } from '@patchsteward/contract';
import { type Instant, MINUTE_MS } from '@patchsteward/core/vocabulary';
import type { ListedDocument, Quarantined } from '@patchsteward/feeds';
import { armoredCertificates } from '@patchsteward/standards/openpgp';
import { verifiedDocument } from '../connectors/csaf-document.ts';
import { type ProviderSource, readProvider } from '../connectors/csaf-provider.ts';
import { type Asking, askingOf } from '../connectors/origin-bytes.ts';
import type { Actor } from '../platform/corridor.ts';
import {
  type DocumentLook,
  importDocuments,
  type NewDocument,
  newDocument,
  newestOf,
  refusedAll,
} from './csaf-documents.ts';
import { keepingFailure } from './feeds-failure.ts';
import type { FetchTools } from './feeds-fetch.ts';
import { unchanged } from './feeds-import.ts';
import { FEED_READER } from './feeds-rows.ts';
import { type FeedRow, storeConfirmed } from './feeds-store.ts';
import { putCertificates, readPinnedKeys, readTakenDocuments, type TakenDocument } from './provider-store.ts';

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
    return unchanged(tools, feed, known, started);
  }
  return importDocuments(tools, feed, look, { served: { url, etag: null } }, actor);
}

function wantedOf(listed: readonly ListedDocument[], taken: readonly TakenDocument[]): ListedDocument[] {
  const known = new Map(taken.map((one) => [one.url, one]));
  return listed
    .filter(({ url, changedAt }) => {
      const one = known.get(url);
      // A list without times does not say what has changed: then the hash of each will.
      if (one === undefined || one.reader !== FEED_READER) return true;
      return changedAt === null || one.changedAt === null || changedAt > one.changedAt;
    })
    .sort((a, b) => (a.changedAt ?? 0) - (b.changedAt ?? 0))
    .slice(0, DOCUMENTS_PER_LOOK_MAX);
}

async function lookAt(
  { clock, db, origin }: FetchTools,
  feed: string,
  url: string,
  signal: AbortSignal,
): Promise<DocumentLook> {
  const ask = askingOf(origin, signal);
  const source = await readProvider(ask, url, await readPinnedKeys(db, feed));
  const served = source.keys.map((certificate) => ({
    fingerprint: certificate.fingerprint,
    armored: armoredCertificates([certificate]),
  }));
  await putCertificates(db, feed, served);
  const taken = await readTakenDocuments(db, feed);
  const look = await readDocuments(ask, source, wantedOf(source.documents, taken), taken, clock);
  if (look.documents.length === 0 && look.refused.length > 0) throw refusedAll(look.refused);
  return look;
}

async function readDocuments(
  ask: Asking,
  { provider, keys }: ProviderSource,
  wanted: readonly ListedDocument[],
  taken: readonly TakenDocument[],
  clock: () => Instant,
): Promise<DocumentLook> {
  const look = { documents: [] as NewDocument[], refused: [] as Quarantined[] };
  const newest = newestOf(taken);
  const trust = { isTrusted: provider.isTrusted, keys };
  const until = clock() + LOOK_MS_MAX;
  let bytesTotal = 0;
  for (let start = 0; start < wanted.length && clock() < until && bytesTotal < FEED_BYTES_MAX / 2; start += LANES) {
    const lane = wanted.slice(start, start + LANES);
    const read = await Promise.all(lane.map((listed) => verifiedDocument(ask, listed, trust, clock())));
    for (const [index, verified] of read.entries()) {
      const listed = lane[index];
      if (listed === undefined) continue;
      const document = typeof verified === 'string' ? verified : newDocument(verified, listed, newest);
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
