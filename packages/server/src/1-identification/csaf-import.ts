import { open, readFile } from 'node:fs/promises';
import { FEED_BYTES_MAX, type FeedImported } from '@patchsteward/contract';
import type { Instant } from '@patchsteward/core/vocabulary';
import {
  csafIdentityOf,
  FeedUnreadable,
  HEAD_BYTES,
  isProviderList,
  isZip,
  missingDocuments,
  parseProviderMetadata,
  providerFileKind,
  providerJsonKind,
  type Quarantined,
} from '@patchsteward/feeds';
import { type Certificate, readCertificates } from '@patchsteward/standards/openpgp';
import { DOCUMENT_BYTES_MAX, type DocumentTrust, verifiedDocument } from '../connectors/csaf-document.ts';
import type { Actor } from '../platform/corridor.ts';
import type { Reader } from '../platform/database.ts';
import { Refusal } from '../platform/http/refusal.ts';
import { importDocuments, type NewDocument, newDocument, newestOf, refusedAll, sha256Of } from './csaf-documents.ts';
import { type DocumentFolder, singleDocument, zipFolder } from './document-folder.ts';
import { keepingFailure } from './feeds-failure.ts';
import type { FetchTools } from './feeds-fetch.ts';
import type { FeedFile } from './feeds-file.ts';
import { importFeed, unchanged } from './feeds-import.ts';
import { FEED_READER } from './feeds-rows.ts';
import { QUARANTINE_KEPT_MAX, readFeedRows, storeConfirmed, storeQuarantine } from './feeds-store.ts';
import { readCertificateTexts, readPinnedKeys, readTakenDocuments, type TakenDocument } from './provider-store.ts';

/** One import takes this many, so that what was taken is kept before the next ones are read. */
const DOCUMENTS_PER_ROUND = 2_000;
const ROUND_CHARACTERS_MAX = 64 * 1024 * 1024;
const KEY_BYTES_MAX = 512 * 1024;
const METADATA_BYTES_MAX = 1024 * 1024;
const LISTING_BYTES_MAX = 128 * 1024 * 1024;

interface Import {
  readonly feed: string;
  readonly actor: Actor;
  /** Of the file that they came in: what the record of the import names; absent: of what was read. */
  readonly sha256?: string;
}

/**
 * Imports CSAF documents from a file: a zip of them with what stands beside each, one document, or several in a text,
 * which nothing can stand beside.
 */
export async function importCsafFile(
  tools: FetchTools,
  feed: string,
  file: FeedFile,
  actor: Actor,
): Promise<FeedImported> {
  const folder = await keepingFailure(tools, feed, () => folderIn(file.path));
  if (folder !== null) return importFolder(tools, folder, { feed, actor, sha256: file.sha256 });
  await keepingFailure(tools, feed, async () => {
    if ((await readPinnedKeys(tools.db, feed)).length === 0) return;
    throw new Refusal(
      'feed-unreadable',
      `The keys of ${feed} are pinned, and no signature stands beside a document in this file: import a zip or a folder of documents, each with its signature.`,
    );
  });
  return importFeed(tools, feed, file, actor);
}

/** null: it is no zip, and not one document. */
async function folderIn(path: string): Promise<DocumentFolder | null> {
  const { head, sizeBytes } = await headOf(path);
  if (sizeBytes > FEED_BYTES_MAX) return null;
  if (isZip(head)) return zipFolder(await readFile(path));
  if (sizeBytes > DOCUMENT_BYTES_MAX) return null;
  const bytes = await readFile(path);
  return typeof csafIdentityOf(bytes) === 'string' ? null : singleDocument('document.json', bytes);
}

async function headOf(path: string): Promise<{ readonly head: Uint8Array; readonly sizeBytes: number }> {
  const file = await open(path);
  try {
    const { size: sizeBytes } = await file.stat();
    const { bytesRead, buffer } = await file.read(Buffer.alloc(HEAD_BYTES), 0, HEAD_BYTES, 0);
    return { head: buffer.subarray(0, bytesRead), sizeBytes };
  } finally {
    await file.close();
  }
}

/**
 * Imports what a provider's folder has and we do not: each document checked by what stands beside it, as when it is
 * fetched. What was taken before is not checked again, so that an import that broke goes on where it was. // CSAF 2.0 §7
 */
export async function importFolder(
  tools: FetchTools,
  folder: DocumentFolder,
  { feed, actor, sha256 }: Import,
): Promise<FeedImported> {
  const started = tools.clock();
  const refused: Quarantined[] = [];
  const rounds: FeedImported[] = [];
  const trust = await keepingFailure(tools, feed, () => trustOf(tools, feed, folder));
  const reading = new FolderReading(folder, trust, await readTakenDocuments(tools.db, feed), tools.clock);
  for (;;) {
    const documents = await keepingFailure(tools, feed, () => reading.next());
    if (documents.length === 0) break;
    const file = { served: null, ...(sha256 === undefined ? {} : { sha256 }) };
    const imported = await importDocuments(tools, feed, { documents, refused: [] }, file, actor);
    rounds.push(imported);
    refused.push(...imported.quarantined);
  }
  refused.push(...reading.refused);
  if (rounds.length === 0 && reading.known === 0) {
    await keepingFailure(tools, feed, async () => {
      throw refused.length === 0 ? noDocument() : refusedAll(refused);
    });
  }
  const row = (await readFeedRows(tools.db)).get(feed);
  await storeConfirmed(tools.db, feed, tools.clock(), null);
  // What rounds read one after the other was set aside together.
  const quarantinedTotal = reading.refused.length + sumOf(rounds, 'quarantinedTotal');
  await storeQuarantine(tools.db, feed, refused, quarantinedTotal);
  const durationMs = tools.clock() - started;
  const quarantined = refused.slice(0, QUARANTINE_KEPT_MAX);
  const last = rounds.at(-1);
  if (last === undefined && row !== undefined) {
    return { ...(await unchanged(tools, feed, row, started)), quarantined, quarantinedTotal };
  }
  return {
    ...{ feed, durationMs, quarantined, quarantinedTotal, changed: rounds.some(({ changed }) => changed) },
    ...{ records: sumOf(rounds, 'records'), added: sumOf(rounds, 'added'), updated: sumOf(rounds, 'updated') },
    ...{ removed: sumOf(rounds, 'removed'), rejudged: sumOf(rounds, 'rejudged') },
    judgesNothing: rounds.every(({ judgesNothing }) => judgesNothing),
    // The last round waited for what all of them brought.
    countingSince: last?.countingSince ?? null,
  };
}

type Counted = 'records' | 'added' | 'updated' | 'removed' | 'rejudged' | 'quarantinedTotal';

function sumOf(rounds: readonly FeedImported[], part: Counted): number {
  return rounds.reduce((sum, round) => sum + round[part], 0);
}

function noDocument(): Refusal {
  return new Refusal('feed-unreadable', 'No CSAF document is there.');
}

type Trust = DocumentTrust & {
  /** Keys are pinned: what was taken without a signature is looked at again. */
  readonly isPinned: boolean;
};

/** Whose signatures count, and what is promised: by the metadata that lies in the folder, and by what was pinned here. */
async function trustOf({ db }: FetchTools, feed: string, folder: DocumentFolder): Promise<Trust> {
  const isTrusted = await isPromised(folder);
  const pinned = await readPinnedKeys(db, feed);
  if (pinned.length === 0) return { isTrusted, keys: [], isPinned: false };
  const kept = await certificatesIn((await readCertificateTexts(db, feed)).map((text) => Buffer.from(text)));
  const brought: Buffer[] = [];
  for (const name of folder.names) {
    if (providerFileKind(name) === 'key') brought.push(await folder.ask(name, KEY_BYTES_MAX));
  }
  // What the provider served last knows of revocations that an older copy in a folder does not.
  const known = new Set(kept.map(({ fingerprint }) => fingerprint));
  const others = (await certificatesIn(brought)).filter(({ fingerprint }) => !known.has(fingerprint));
  const keys = [...kept, ...others].filter(({ fingerprint }) => pinned.includes(fingerprint));
  if (keys.length > 0) return { isTrusted, keys, isPinned: true };
  throw new Refusal(
    'feed-unreadable',
    `None of the keys that are pinned for ${feed} is here: lay the key beside the documents, as a file that ends in .asc.`,
  );
}

/** Any of the metadata there: a folder of several providers keeps the promise of each. */
async function isPromised({ names, ask }: DocumentFolder): Promise<boolean> {
  for (const name of names.filter((one) => providerFileKind(one) === 'metadata')) {
    if (parseProviderMetadata(await ask(name, METADATA_BYTES_MAX)).isTrusted) return true;
  }
  return false;
}

/** What is no key is passed over: signatures of other files end in .asc, too. */
async function certificatesIn(files: readonly Uint8Array[]): Promise<Certificate[]> {
  const found: Certificate[] = [];
  for (const bytes of files) {
    const certificates = await readCertificates(bytes);
    if (typeof certificates !== 'string') found.push(...certificates);
  }
  return found;
}

/** Goes through a folder once, document by document. */
class FolderReading {
  readonly refused: Quarantined[] = [];
  /** Documents that were taken before, as they are. */
  known = 0;
  readonly #folder: DocumentFolder;
  readonly #trust: Trust;
  readonly #clock: () => Instant;
  readonly #taken: ReadonlySet<string>;
  readonly #newest: Map<string, TakenDocument>;
  readonly #names: readonly string[];
  #at = 0;

  constructor(folder: DocumentFolder, trust: Trust, taken: readonly TakenDocument[], clock: () => Instant) {
    this.#folder = folder;
    this.#trust = trust;
    this.#clock = clock;
    this.#names = folder.names;
    this.#newest = newestOf(taken);
    this.#taken = new Set(taken.filter((one) => isTakenFor(one, trust)).map(({ sha256 }) => sha256));
  }

  /** The next new documents; none: the folder is through. */
  async next(): Promise<NewDocument[]> {
    const documents: NewDocument[] = [];
    let characters = 0;
    while (this.#at < this.#names.length) {
      const name = this.#names[this.#at] ?? '';
      this.#at += 1;
      const document = await this.#read(name);
      if (document === null) continue;
      documents.push(document);
      characters += document.line.length;
      if (documents.length >= DOCUMENTS_PER_ROUND || characters > ROUND_CHARACTERS_MAX) break;
    }
    return documents;
  }

  async #read(name: string): Promise<NewDocument | null> {
    const kind = providerFileKind(name);
    if (kind !== null && isProviderList(kind)) await this.#lookForMissing({ name, kind });
    if (kind !== null) return null;
    try {
      return await this.#readJson(name);
    } catch (error) {
      if (!(error instanceof Refusal) && !(error instanceof FeedUnreadable)) throw error;
      this.refused.push({ record: name, problem: error.message.replace(/\.$/, '') });
      return null;
    }
  }

  async #readJson(name: string): Promise<NewDocument | null> {
    const { ask } = this.#folder;
    const bytes = await ask(name, DOCUMENT_BYTES_MAX);
    const kind = this.#names.length === 1 ? 'document' : providerJsonKind(bytes.subarray(0, HEAD_BYTES));
    if (kind === 'rolie') await this.#lookForMissing({ name, kind });
    if (kind !== 'document') return null;
    if (this.#taken.has(sha256Of(bytes))) {
      this.known += 1;
      return null;
    }
    const listed = { url: name, changedAt: null, hashUrl: null, signatureUrl: null };
    const verified = await verifiedDocument(ask, listed, this.#trust, this.#clock());
    const document =
      typeof verified === 'string' ? verified : newDocument(verified, { url: null, changedAt: null }, this.#newest);
    if (typeof document === 'string') this.refused.push({ record: name, problem: document });
    if (document === null || typeof document === 'string') return null;
    this.#newest.set(document.taken.document, document.taken);
    return document;
  }

  async #lookForMissing(list: Parameters<typeof missingDocuments>[0]): Promise<void> {
    const there = new Set(this.#names);
    try {
      const bytes = await this.#folder.ask(list.name, LISTING_BYTES_MAX);
      for (const record of missingDocuments(list, bytes, (name) => there.has(name))) {
        this.refused.push({ record, problem: `${list.name} lists it, and it is not there` });
      }
    } catch (error) {
      if (!(error instanceof FeedUnreadable)) throw error;
      this.refused.push({ record: list.name, problem: error.problem });
    }
  }
}

/** Those of these documents, by the hashes of their bytes, that an import would read. */
export async function wantedDocuments(reader: Reader, feed: string, hashes: readonly string[]): Promise<string[]> {
  const isPinned = (await readPinnedKeys(reader, feed)).length > 0;
  const taken = await readTakenDocuments(reader, feed, hashes);
  const known = new Set(taken.filter((one) => isTakenFor(one, { isPinned })).map(({ sha256 }) => sha256));
  return hashes.filter((sha256) => !known.has(sha256));
}

/** What came without a signature before keys were pinned is checked again. */
function isTakenFor({ reader, checkedBy }: TakenDocument, { isPinned }: Pick<Trust, 'isPinned'>): boolean {
  return reader === FEED_READER && (!isPinned || checkedBy === 'signature');
}
