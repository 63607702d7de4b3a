import { randomUUID } from 'node:crypto';
import { link, open, readFile, rename, rm } from 'node:fs/promises';
import { dirname } from 'node:path';
import { codeOf } from './system-error.ts';

/** The file as it is, or as `make` makes it where there is none: once, whatever crashes and however many ask at once. */
export async function keepOnce(path: string, make: () => Promise<string>): Promise<string> {
  return (await readIfThere(path)) ?? (await makeOnce(path, await make()));
}

/** The file with this content, or as it was: never half of either, whatever crashes. */
export async function replaceFile(path: string, content: string): Promise<void> {
  const scratch = `${path}.${randomUUID()}`;
  try {
    await writeFlushed(scratch, content);
    await rename(scratch, path);
    await flushDirectory(dirname(path));
  } finally {
    await rm(scratch, { force: true });
  }
}

async function readIfThere(path: string): Promise<string | undefined> {
  try {
    return await readFile(path, 'utf8');
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return undefined;
    throw error;
  }
}

/**
 * Written beside, flushed, then linked: a link fails where the name exists, so of two servers that start at once one
 * makes the file and the other reads it, and a crash never leaves half a file under the name.
 */
async function makeOnce(path: string, content: string): Promise<string> {
  const scratch = `${path}.${randomUUID()}`;
  try {
    await writeFlushed(scratch, `${content}\n`);
    await link(scratch, path);
    await flushDirectory(dirname(path));
  } catch (error) {
    if (codeOf(error) !== 'EEXIST') throw error;
  } finally {
    await rm(scratch, { force: true });
  }
  return readFile(path, 'utf8');
}

async function writeFlushed(path: string, content: string): Promise<void> {
  const file = await open(path, 'wx', 0o600);
  try {
    await file.writeFile(content);
    await file.sync();
  } finally {
    await file.close();
  }
}

/** Without it the name itself could be lost with the power. */
async function flushDirectory(path: string): Promise<void> {
  const directory = await open(path, 'r');
  try {
    await directory.sync();
  } finally {
    await directory.close();
  }
}
