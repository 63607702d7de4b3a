import { type FileHandle, open, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { feedOf, HEAD_BYTES, hasFeedName, headBytesFor } from '@patchsteward/feeds';
import { Failure } from '../platform/failure.ts';
import { meaningOf } from '../platform/system-error.ts';

/** A folder with more is not a folder of feeds. */
const FOLDER_ENTRIES_MAX = 10_000;

/** A file that holds a feed. */
export interface FeedFile<Kind = string> {
  readonly feed: Kind;
  readonly path: string;
  readonly sizeBytes: number;
  readonly changedAt: number;
}

/** The files of a folder, and of the folders in it, that hold feeds, by path. */
export function feedFilesIn(folder: string): Promise<FeedFile[]> {
  return filesIn(folder, feedOf);
}

/** The files of a folder, and of the folders in it, whose beginning is of a kind, by path. */
export async function filesIn<Kind>(
  folder: string,
  kindOf: (head: Uint8Array) => Kind | null,
): Promise<FeedFile<Kind>[]> {
  const entries = await orFailure(folder, () => readdir(folder, { recursive: true, withFileTypes: true }));
  if (entries.length > FOLDER_ENTRIES_MAX) {
    throw new Failure(
      `the folder ${folder} holds more than ${FOLDER_ENTRIES_MAX} files`,
      'name the files, or a folder that holds feeds and nothing else',
    );
  }
  const paths = entries.filter(({ name }) => hasFeedName(name)).map(({ parentPath, name }) => join(parentPath, name));
  const files: FeedFile<Kind>[] = [];
  for (const path of paths.sort()) {
    const file = await fileOf(path, kindOf);
    if (file !== null) files.push(file);
  }
  return files;
}

/** What feed a file holds, by its beginning or because the person said so. null: none, or no file. */
export function feedFile(path: string, told?: string): Promise<FeedFile | null> {
  return fileOf(path, (head) => told ?? feedOf(head));
}

function fileOf<Kind>(path: string, kindOf: (head: Uint8Array) => Kind | null): Promise<FeedFile<Kind> | null> {
  return orFailure(path, async () => {
    const file = await open(path);
    try {
      const facts = await file.stat();
      if (!facts.isFile()) return null;
      const feed = kindOf(await headOf(file));
      return feed === null ? null : { feed, path, sizeBytes: facts.size, changedAt: facts.mtimeMs };
    } finally {
      await file.close();
    }
  });
}

async function headOf(file: FileHandle): Promise<Uint8Array> {
  const read = async (bytesMax: number) => {
    const { buffer, bytesRead } = await file.read(Buffer.alloc(bytesMax), 0, bytesMax, 0);
    return buffer.subarray(0, bytesRead);
  };
  const head = await read(HEAD_BYTES);
  const bytes = headBytesFor(head);
  return bytes > HEAD_BYTES ? read(bytes) : head;
}

/** Does something with a file or folder; what goes wrong is said in words. */
export async function orFailure<T>(path: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    const { what, advice } = meaningOf(error);
    throw new Failure(`cannot read ${path}: ${what}`, advice, { cause: error });
  }
}
