import { createHash } from 'node:crypto';
import { Readable } from 'node:stream';
import type { FeedImported } from '@patchsteward/contract';
import { ALL_VERSION_ORDERS } from '@patchsteward/core/versions';
import type { Instant } from '@patchsteward/core/vocabulary';
import { type CsafIdentity, csafIdentityOf, type Quarantined } from '@patchsteward/feeds';
import type { VerifiedDocument } from '../connectors/csaf-document.ts';
import type { Actor } from '../platform/corridor.ts';
import { Refusal } from '../platform/http/refusal.ts';
import type { AdvisorySource } from './advisory-sources.ts';
import type { FetchTools } from './feeds-fetch.ts';
import { type FeedFile, withSavedFeed } from './feeds-file.ts';
import { importFeed } from './feeds-import.ts';
import { FEED_READER } from './feeds-rows.ts';
import { putTakenDocuments, type TakenDocument } from './provider-store.ts';

/** A checked document that is to be imported, and what is kept of it. */
export interface NewDocument {
  readonly line: string;
  readonly taken: TakenDocument;
  readonly source: AdvisorySource;
}

/** What was looked at: what is to be imported, and what was refused. */
export interface DocumentLook {
  readonly documents: readonly NewDocument[];
  readonly refused: readonly Quarantined[];
}

/** Imports what was checked, and remembers it: what a crash leaves out is asked for again. */
export async function importDocuments(
  tools: FetchTools,
  feed: string,
  { documents, refused }: DocumentLook,
  file: Pick<FeedFile, 'served'> & { readonly sha256?: string },
  actor: Actor,
): Promise<FeedImported> {
  const lines = Readable.from(documents.map(({ line }) => line));
  const sources = documents.map(({ source }) => source);
  const imported = await withSavedFeed(tools.scratchDirectory, lines, file.served, (saved) =>
    importFeed(tools, feed, { ...saved, sha256: file.sha256 ?? saved.sha256, refused, documents: sources }, actor),
  );
  const taken = documents.map((document) => document.taken);
  await tools.db.transaction().execute((tx) => putTakenDocuments(tx, feed, taken, tools.clock()));
  return imported;
}

/** The newest revision of each document that was taken, by its id. */
export function newestOf(taken: readonly TakenDocument[]): Map<string, TakenDocument> {
  const newest = new Map<string, TakenDocument>();
  for (const one of taken) {
    const known = newest.get(one.document);
    if (known === undefined || isOlder(known, one)) newest.set(one.document, one);
  }
  return newest;
}

/** null: as it was taken before. A text: it cannot be used, or is older than what we have. `url`: null, it is its id. */
export function newDocument(
  { bytes, check }: VerifiedDocument,
  place: { readonly url: string | null; readonly changedAt: Instant | null },
  newest: ReadonlyMap<string, TakenDocument>,
): NewDocument | string | null {
  const identity = csafIdentityOf(bytes);
  if (typeof identity === 'string') return identity;
  const { id, version, releasedAt } = identity;
  const sha256 = sha256Of(bytes);
  const taken = {
    ...{ url: place.url ?? id, document: id, version, releasedAt, changedAt: place.changedAt },
    ...{ sha256, reader: FEED_READER, checkedBy: check.checkedBy },
  };
  const known = newest.get(id);
  if (known !== undefined && isAsTaken(taken, known)) return null;
  if (known !== undefined && isOlder(identity, known)) {
    return `it is revision ${version} of ${timeOf(releasedAt)}, and ${known.version} of ${timeOf(known.releasedAt)} was taken before`;
  }
  const line = `${JSON.stringify(JSON.parse(bytes.toString('utf8')))}\n`;
  return { line, taken, source: { id, sha256, ...check } };
}

const TAKEN_PARTS = ['url', 'changedAt', 'sha256', 'reader', 'checkedBy'] as const;

function isAsTaken(one: TakenDocument, known: TakenDocument): boolean {
  return TAKEN_PARTS.every((part) => one[part] === known[part]);
}

export function sha256Of(bytes: Uint8Array): string {
  return `sha256:${createHash('sha256').update(bytes).digest('hex')}`;
}

/** A replayed revision brings back what its vendor has corrected since. */
function isOlder(a: Pick<CsafIdentity, 'version' | 'releasedAt'>, b: Pick<CsafIdentity, 'version' | 'releasedAt'>) {
  if (a.releasedAt !== b.releasedAt) return a.releasedAt < b.releasedAt;
  return ALL_VERSION_ORDERS.loose.compare(a.version, b.version) < 0;
}

export function refusedAll(refused: readonly Quarantined[]): Refusal {
  const [first] = refused;
  const rest = refused.length === 1 ? '' : ` and ${refused.length - 1} more`;
  return new Refusal('feed-unreadable', `Refused: ${first?.record}${rest}: ${first?.problem}.`);
}

function timeOf(instant: Instant): string {
  return new Date(instant).toISOString();
}
