import { closeSync, constants, openSync, readSync } from 'node:fs';
import { type FileHandle, open, rename, stat, unlink } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { Problem } from './problem.ts';

/** The file is larger than its reader can take. */
class FileTooLargeError extends Problem {
  constructor(path: string, bytesMax: number) {
    super('file-too-large', `${path} is larger than ${bytesMax} bytes`, 'look at what fills it');
  }
}

/** The system's code of a failed file operation (`ENOENT`), or null for any other error. */
export function errorCode(error: unknown): string | null {
  if (error instanceof Problem) return null;
  return error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : null;
}

/**
 * Reads a small file of /proc up to a limit, without giving way to other work: such a file is memory of the kernel that
 * comes in pages, and a thread for each page of each process costs ten times as much as the reading.
 */
export function readProcText(path: string, bytesMax: number): string {
  const file = openSync(path, 'r');
  try {
    const chunks: Buffer[] = [];
    let total = 0;
    for (;;) {
      const bytesRead = readSync(file, procBuffer, 0, procBuffer.length, null);
      if (bytesRead === 0) return Buffer.concat(chunks, total).toString('utf8');
      total += bytesRead;
      if (total > bytesMax) throw new FileTooLargeError(path, bytesMax);
      chunks.push(Buffer.from(procBuffer.subarray(0, bytesRead)));
    }
  } finally {
    closeSync(file);
  }
}

/** The kernel hands out a page at a time, at most some. */
const procBuffer = Buffer.allocUnsafe(64 * 1024);

/** Reads a whole file up to a limit. Files of /proc say that they are empty, so the end is where reading ends. */
export async function readText(path: string, bytesMax: number): Promise<string> {
  const file = await open(path, 'r');
  try {
    return await readAll(file, path, bytesMax);
  } finally {
    await file.close();
  }
}

/** Like `readText`, but a file that is not there is null. Any other failure stays a failure. */
export async function readTextIfPresent(path: string, bytesMax: number): Promise<string | null> {
  try {
    return await readText(path, bytesMax);
  } catch (error) {
    if (errorCode(error) === 'ENOENT') return null;
    throw error;
  }
}

export async function isPresent(path: string): Promise<boolean> {
  try {
    await stat(path);
    return true;
  } catch (error) {
    if (errorCode(error) === 'ENOENT') return false;
    throw error;
  }
}

/** Large enough that a status database takes few calls, small enough for an agent of a few megabytes. */
const READ_BYTES = 256 * 1024;

async function readAll(file: FileHandle, path: string, bytesMax: number): Promise<string> {
  const { size } = await file.stat();
  const chunks: Buffer[] = [];
  let total = 0;
  for (;;) {
    // One byte more than the file claims to have shows its end without a second buffer.
    const wanted = chunks.length === 0 ? Math.min(size + 1, bytesMax + 1) : READ_BYTES;
    const chunk = Buffer.allocUnsafe(Math.max(wanted, 4096));
    const { bytesRead } = await file.read(chunk, 0, chunk.length);
    if (bytesRead === 0) break;
    total += bytesRead;
    if (total > bytesMax) throw new FileTooLargeError(path, bytesMax);
    chunks.push(chunk.subarray(0, bytesRead));
  }
  return Buffer.concat(chunks, total).toString('utf8');
}

/**
 * Replaces a file so that a reader, or the next start after a power cut, sees the old or the new content and nothing
 * between: write beside it, flush, rename, flush the directory. Unflushed, a power cut may leave it empty.
 */
export async function writeFileAtomically(
  path: string,
  content: string,
  mode: number,
  durability: 'flushed' | 'unflushed' = 'flushed',
): Promise<void> {
  const draft = join(dirname(path), `.${basename(path)}.draft`);
  // A draft that a crash left behind may have another mode: begin with a new one.
  await removeIfPresent(draft);
  const file = await open(draft, constants.O_WRONLY | constants.O_CREAT | constants.O_EXCL, mode);
  try {
    await file.writeFile(content, 'utf8');
    if (durability === 'flushed') await file.sync();
  } finally {
    await file.close();
  }
  await rename(draft, path);
  if (durability === 'flushed') await syncDirectory(dirname(path));
}

async function removeIfPresent(path: string): Promise<void> {
  try {
    await unlink(path);
  } catch (error) {
    if (errorCode(error) !== 'ENOENT') throw error;
  }
}

/** Makes what was created or renamed in it survive a power cut. */
export async function syncDirectory(path: string): Promise<void> {
  const directory = await open(path, 'r');
  try {
    await directory.sync();
  } finally {
    await directory.close();
  }
}
