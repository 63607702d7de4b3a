import { readFile } from 'node:fs/promises';
import { readHead } from '@patchsteward/trust/merkle';
import { replaceFile } from '../platform/kept-file.ts';
import { codeOf } from '../platform/system-error.ts';
import type { Remembered } from './checkpoint.ts';

/**
 * The last checkpoint that this server signed, in a file beside its keys: who can write the database, but not this
 * file, cannot take back what was signed. // rollout-and-trust §3.1: database writer
 */
export async function readRemembered(path: string): Promise<Remembered | null> {
  const note = await readFile(path, 'utf8').catch((error: unknown) => {
    if (codeOf(error) === 'ENOENT') return null;
    throw error;
  });
  if (note === null) return null;
  const head = readHead(note);
  if (head === null) throw new Error(`${path} holds no checkpoint; restore it, or move it away to begin anew`);
  return { size: head.size, note };
}

export async function remember(path: string, { note }: Remembered): Promise<void> {
  await replaceFile(path, note);
}
