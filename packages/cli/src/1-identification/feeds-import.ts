import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { Readable } from 'node:stream';
import { FEED_BYTES_MAX, type FeedBody } from '@patchsteward/contract';
import type { Client } from '@patchsteward/contract/client';
import type { Context } from '../platform/context.ts';
import { EXIT, type ExitCode } from '../platform/exit-code.ts';
import { Failure } from '../platform/failure.ts';
import type { Invocation } from '../platform/perform.ts';
import { withServer } from '../platform/server-client.ts';
import type { ServerOptions } from '../platform/server-options.ts';
import { counted } from '../platform/words.ts';
import type { FeedsImportOptions } from './feeds.ts';
import {
  countDocuments,
  type DocumentFolder,
  documentFolder,
  documentWithBeside,
  importDocumentFolder,
} from './feeds-documents.ts';
import { type FeedFile, feedFile, feedFilesIn, orFailure } from './feeds-files.ts';
import { attempt, failed, type Outcome, tellOutcomes } from './feeds-outcome.ts';

const EXPECTED =
  "give advisories in OSV form, Alpine's secdb, the JSON of Debian's tracker, CISA's catalog of known exploited vulnerabilities, or EPSS scores; --feed says what a file is where that cannot be told";

export async function importFeeds(
  { options, operands }: Invocation<FeedsImportOptions>,
  context: Context,
): Promise<ExitCode> {
  if (operands.length === 0) return fetchFeeds({ options, operands }, context);
  const { files, folders } = await foundUnder(operands, options.feed, context);
  const outcomes = await withServer(options, context, async (client) => {
    const done: Outcome[] = [];
    for (const { feed, folder } of folders) done.push(...(await importDocumentFolder(client, feed, folder, context)));
    for (const file of files) done.push(await importFile(client, file, context));
    return done;
  });
  const code = await tell(outcomes, options, context);
  // Whoever gave a file meant it to say something. What a publisher serves on a day may be of things that are not judged.
  const isInVain = outcomes.some((outcome) => outcome.kind === 'imported' && outcome.imported.judgesNothing);
  return isInVain ? EXIT.failed : code;
}

interface Found {
  /** By the time of their last change: of two files of one feed the newer one stands. */
  readonly files: readonly FeedFile[];
  readonly folders: readonly { readonly feed: string; readonly folder: DocumentFolder }[];
}

async function foundUnder(paths: readonly string[], told: string | undefined, context: Context): Promise<Found> {
  const files: FeedFile[] = [];
  const folders: { feed: string; folder: DocumentFolder }[] = [];
  for (const path of paths) {
    const isFolder = (await orFailure(path, () => stat(path))).isDirectory();
    const folder = told === undefined ? null : await documentsAt(path, isFolder, context);
    if (told !== undefined && folder !== null) {
      folders.push({ feed: told, folder });
      continue;
    }
    const found = isFolder ? await feedFilesIn(path) : [await feedFile(path, told)].filter((file) => file !== null);
    const passedOver = isFolder && told === undefined ? await countDocuments(path) : 0;
    if (found.length === 0)
      throw passedOver === 0 ? new Failure(`no feed is in ${path}`, EXPECTED) : unnamed(path, passedOver);
    if (passedOver > 0) context.note(unnamed(path, passedOver).message);
    files.push(...found);
  }
  return { files: inOrder(files), folders };
}

function documentsAt(path: string, isFolder: boolean, context: Context): Promise<DocumentFolder | null> {
  return isFolder ? documentFolder(path, context) : documentWithBeside(path);
}

/** Which provider's feed they belong to, nothing in a document says. */
function unnamed(path: string, count: number): Failure {
  return new Failure(
    `${path} holds ${counted(count, 'CSAF document')}, which no known feed is; --feed says of which provider they are`,
    'add the provider with "feeds add --form csaf", and name its feed with --feed',
  );
}

function inOrder(files: FeedFile[]): FeedFile[] {
  for (const { path, sizeBytes } of files) {
    if (sizeBytes <= FEED_BYTES_MAX) continue;
    const limit = `${FEED_BYTES_MAX / (1024 * 1024)} MiB`;
    throw new Failure(
      `${path} is larger than ${limit}, the most that a server takes`,
      'check that it is the file you mean',
    );
  }
  return files.sort((a, b) => a.changedAt - b.changedAt);
}

function importFile(client: Client, file: FeedFile, context: Context): Promise<Outcome> {
  const { feed, path } = file;
  // Node's own stream is the platform's; their declarations differ in names alone.
  const body = Readable.toWeb(Readable.from(chunksOf(file, context), { objectMode: false })) as unknown as BodyInit;
  return attempt(path, feed, () => client('feed.import', { params: { feed }, body }));
}

async function* chunksOf({ feed, path, sizeBytes }: FeedFile, context: Context): AsyncGenerator<Buffer> {
  const stream = createReadStream(path);
  const chunks: AsyncIterator<Buffer> = stream[Symbol.asyncIterator]();
  try {
    for (let sentBytes = 0; ; ) {
      // Only the reading is ours to explain; what is thrown in at the yield is about the connection.
      const { done, value } = await orFailure(path, () => chunks.next());
      if (done === true) break;
      yield value;
      sentBytes += value.length;
      context.progress.show(`sending ${feed}`, sentBytes, sizeBytes);
    }
    context.progress.show(`${feed}: the server reads it and judges what is installed`);
  } finally {
    stream.destroy();
  }
}

export async function fetchFeeds(
  { options, operands }: Invocation<ServerOptions>,
  context: Context,
): Promise<ExitCode> {
  const outcomes = await withServer(options, context, async (client) => {
    const { items } = await client('feed.list', {});
    const feeds = operands.length === 0 ? items.filter(({ enabled }) => enabled) : operands.map(feedCalled(items));
    const done: Outcome[] = [];
    for (const { feed } of feeds) {
      context.progress.show(`${feed}: the server fetches it`);
      done.push(await attempt('its address', feed, () => client('feed.fetch', { params: { feed } })));
    }
    return done;
  });
  return tell(outcomes, options, context);
}

function feedCalled(feeds: readonly FeedBody[]): (name: string) => FeedBody {
  return (name) => {
    const found = feeds.find(({ feed }) => feed === name);
    if (found !== undefined) return found;
    const names = feeds.map(({ feed }) => feed).join(', ');
    throw new Failure(`there is no feed ${name}`, `name one of ${names}`, { exitCode: EXIT.usage });
  };
}

async function tell(
  outcomes: readonly Outcome[],
  options: { readonly json?: true },
  context: Context,
): Promise<ExitCode> {
  await tellOutcomes(outcomes, options, context);
  return outcomes.some((outcome) => failed(outcome, outcomes)) ? EXIT.failed : EXIT.done;
}
