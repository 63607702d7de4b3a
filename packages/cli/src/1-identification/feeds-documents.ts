import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { open, readdir, readFile, stat } from 'node:fs/promises';
import { basename, dirname, join, relative, sep } from 'node:path';
import { type FeedImported, WANTED_DOCUMENTS_MAX } from '@patchsteward/contract';
import type { Client } from '@patchsteward/contract/client';
import {
  FeedUnreadable,
  HEAD_BYTES,
  isCsafDocument,
  isProviderList,
  missingDocuments,
  type ProviderFileKind,
  type ProviderList,
  providerFileKind,
  providerJsonKind,
  type Quarantined,
  zipOf,
} from '@patchsteward/feeds';
import type { Context } from '../platform/context.ts';
import { Failure } from '../platform/failure.ts';
import { orFailure } from './feeds-files.ts';
import { attempt, type Outcome } from './feeds-outcome.ts';

/** A quarter of a million documents, each with a hash and a signature, as Red Hat's VEX. */
const FILES_MAX = 1_000_000;
/** What a server reads of one document. */
const DOCUMENT_BYTES_MAX = 64 * 1024 * 1024;
/** Sent at once, unpacked: an import that breaks loses no more. */
const BATCH_BYTES_MAX = 32 * 1024 * 1024;
const BATCH_DOCUMENTS_MAX = 1_000;
/** Hashes and signatures are small; a key ring has half a megabyte at most. */
const BESIDE_BYTES_MAX = 512 * 1024;

/** What stands beside a document. // CSAF 2.0 §7.1.18, §7.1.19 */
const ENDINGS = ['.sha512', '.sha256', '.asc'];

/** A CSAF document of a folder. */
interface FoundDocument {
  readonly name: string;
  readonly sha256: string;
}

/** The CSAF documents of a folder, with what stands beside them. */
export interface DocumentFolder {
  /** The folder, or the one document of it that is meant. */
  readonly path: string;
  readonly directory: string;
  readonly names: ReadonlySet<string>;
  readonly documents: readonly FoundDocument[];
  /** Documents that a list in the folder names, and that are not there; lists that cannot be read. */
  readonly missing: readonly Quarantined[];
}

/** The documents of a provider's mirror; null: there are none. */
export async function documentFolder(path: string, context: Context): Promise<DocumentFolder | null> {
  const names = await namesIn(path, true);
  const documents: FoundDocument[] = [];
  const missing: Quarantined[] = [];
  let isCsaf = false;
  for (const name of [...names].sort()) {
    const head = providerFileKind(name) === null ? await headOf(join(path, name)) : NO_BYTES;
    const kind = providerFileKind(name) ?? providerJsonKind(head);
    if (isProviderList(kind)) missing.push(...(await missingIn(path, { name, kind }, names)));
    if (kind !== 'document') continue;
    isCsaf ||= isCsafDocument(head);
    documents.push({ name, sha256: await hashOf(join(path, name)) });
    context.progress.show(`looking at ${path}: ${documents.length} documents`);
  }
  return isCsaf ? { path, directory: path, names, documents, missing } : null;
}

/** One document with what stands beside it; null: it is no CSAF document, or nothing stands beside it. */
export async function documentWithBeside(path: string): Promise<DocumentFolder | null> {
  const name = basename(path);
  if (!isCsafDocument(await headOf(path))) return null;
  const directory = dirname(path);
  const names = await namesIn(directory, false);
  if (!ENDINGS.some((ending) => names.has(`${name}${ending}`))) return null;
  return { path, directory, names, documents: [{ name, sha256: await hashOf(path) }], missing: [] };
}

/** How many CSAF documents a folder holds, for whoever did not say whose they are. */
export async function countDocuments(folder: string): Promise<number> {
  let count = 0;
  for (const name of await namesIn(folder, true)) {
    if (providerFileKind(name) === null && isCsafDocument(await headOf(join(folder, name)))) count += 1;
  }
  return count;
}

/** Sends what the server has not taken yet, in archives of which each is imported by itself. */
export async function importDocumentFolder(
  client: Client,
  feed: string,
  folder: DocumentFolder,
  context: Context,
): Promise<Outcome[]> {
  const outcomes: Outcome[] = [];
  const wanted = await wantedOf(client, feed, folder.documents);
  const common = await commonFiles(folder);
  let sent = 0;
  for await (const batch of batchesOf(folder, wanted)) {
    const body = new Uint8Array(zipOf([...batch.files, ...common]));
    context.progress.show(`sending ${feed}`, sent, wanted.length);
    outcomes.push(await attempt(folder.path, feed, () => client('feed.import', { params: { feed }, body })));
    sent += batch.documents;
  }
  return together(outcomes, feed, folder);
}

async function wantedOf(client: Client, feed: string, documents: readonly FoundDocument[]): Promise<FoundDocument[]> {
  const wanted = new Set<string>();
  for (let start = 0; start < documents.length; start += WANTED_DOCUMENTS_MAX) {
    const sha256 = documents.slice(start, start + WANTED_DOCUMENTS_MAX).map((one) => one.sha256);
    const answer = await client('feed.wanted', { params: { feed }, body: { sha256 } });
    for (const one of answer.sha256) wanted.add(one);
  }
  return documents.filter(({ sha256 }) => wanted.has(sha256));
}

interface SentFile {
  readonly name: string;
  readonly bytes: Buffer;
}

async function* batchesOf(
  { directory, names }: DocumentFolder,
  wanted: readonly FoundDocument[],
): AsyncGenerator<{ readonly files: readonly SentFile[]; readonly documents: number }> {
  let files: SentFile[] = [];
  let documents = 0;
  let bytesTotal = 0;
  for (const { name } of wanted) {
    const one = await readFiles(directory, [name], DOCUMENT_BYTES_MAX);
    const beside = ENDINGS.map((ending) => `${name}${ending}`).filter((file) => names.has(file));
    files.push(...one, ...(await readFiles(directory, beside, BESIDE_BYTES_MAX)));
    documents += 1;
    bytesTotal += one.reduce((sum, { bytes }) => sum + bytes.length, 0);
    if (documents < BATCH_DOCUMENTS_MAX && bytesTotal < BATCH_BYTES_MAX) continue;
    yield { files, documents };
    files = [];
    documents = 0;
    bytesTotal = 0;
  }
  if (documents > 0) yield { files, documents };
}

/** What says of all documents how they are to be checked: the provider's metadata, and its keys. */
async function commonFiles({ directory, names }: DocumentFolder): Promise<SentFile[]> {
  const kinds: readonly (ProviderFileKind | null)[] = ['metadata', 'key'];
  const common = [...names].filter((name) => kinds.includes(providerFileKind(name)));
  return readFiles(directory, common.sort(), BESIDE_BYTES_MAX);
}

/** What is larger than any file of its kind is not sent: the server then says what it misses. */
async function readFiles(directory: string, names: readonly string[], bytesMax: number): Promise<SentFile[]> {
  const files: SentFile[] = [];
  for (const name of names) {
    const path = join(directory, name);
    await orFailure(path, async () => {
      if ((await stat(path)).size <= bytesMax) files.push({ name, bytes: await readFile(path) });
    });
  }
  return files;
}

/** The archives of one folder are one import to whoever asked for it; refusals are told one by one. */
function together(outcomes: readonly Outcome[], feed: string, folder: DocumentFolder): Outcome[] {
  const refused = outcomes.filter(({ kind }) => kind === 'refused');
  const imported = outcomes.flatMap((outcome) => (outcome.kind === 'imported' ? [outcome.imported] : []));
  if (imported.length === 0 && refused.length > 0) return refused;
  const sum = (part: Counted) => imported.reduce((total, one) => total + one[part], 0);
  const quarantined = [...folder.missing, ...imported.flatMap((one) => one.quarantined)];
  const total: FeedImported = {
    feed,
    changed: imported.some(({ changed }) => changed),
    records: folder.documents.length,
    ...{ added: sum('added'), updated: sum('updated'), removed: sum('removed'), rejudged: sum('rejudged') },
    ...{ quarantined, quarantinedTotal: folder.missing.length + sum('quarantinedTotal') },
    durationMs: sum('durationMs'),
    judgesNothing: imported.length > 0 && imported.every(({ judgesNothing }) => judgesNothing),
    // The last of them waited for what all brought.
    countingSince: imported.at(-1)?.countingSince ?? null,
  };
  return [{ kind: 'imported', from: folder.path, feed, imported: total }, ...refused];
}

type Counted = 'added' | 'updated' | 'removed' | 'rejudged' | 'quarantinedTotal' | 'durationMs';

/** The files of a folder by their names in it, with `/` between the parts; links are not followed. */
async function namesIn(directory: string, recursive: boolean): Promise<Set<string>> {
  const entries = await orFailure(directory, () => readdir(directory, { recursive, withFileTypes: true }));
  if (entries.length > FILES_MAX) {
    throw new Failure(`the folder ${directory} holds more than ${FILES_MAX} files`, 'name a folder in it');
  }
  const files = entries.filter((entry) => entry.isFile());
  return new Set(files.map(({ parentPath, name }) => relative(directory, join(parentPath, name)).split(sep).join('/')));
}

const NO_BYTES = new Uint8Array();

function headOf(path: string): Promise<Uint8Array> {
  return orFailure(path, async () => {
    const file = await open(path);
    try {
      const { buffer, bytesRead } = await file.read(Buffer.alloc(HEAD_BYTES), 0, HEAD_BYTES, 0);
      return buffer.subarray(0, bytesRead);
    } finally {
      await file.close();
    }
  });
}

function hashOf(path: string): Promise<string> {
  return orFailure(path, async () => {
    const hash = createHash('sha256');
    for await (const chunk of createReadStream(path) as AsyncIterable<Buffer>) hash.update(chunk);
    return `sha256:${hash.digest('hex')}`;
  });
}

async function missingIn(
  directory: string,
  list: ProviderList,
  names: ReadonlySet<string>,
): Promise<readonly Quarantined[]> {
  const bytes = await orFailure(directory, () => readFile(join(directory, list.name)));
  try {
    return missingDocuments(list, bytes, (name) => names.has(name)).map((record) => ({
      record,
      problem: `${list.name} lists it, and it is not there`,
    }));
  } catch (error) {
    if (!(error instanceof FeedUnreadable)) throw error;
    return [{ record: list.name, problem: error.problem }];
  }
}
