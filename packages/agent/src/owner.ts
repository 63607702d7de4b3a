import { stat } from 'node:fs/promises';
import { errorCode } from './platform/files.ts';

/**
 * Works as the user that a directory belongs to, where root is asked to work in it: what is written there must be that
 * user's, and none of what the network says is read with root's rights.
 */
export async function asOwnerOf<T>(directory: string, work: () => Promise<T>): Promise<T> {
  const owner = process.getuid?.() === 0 ? await ownerOf(directory) : null;
  if (owner === null || owner.uid === 0) return work();
  process.setegid?.(owner.gid);
  process.seteuid?.(owner.uid);
  try {
    return await work();
  } finally {
    process.seteuid?.(0);
    process.setegid?.(0);
  }
}

async function ownerOf(directory: string): Promise<{ readonly uid: number; readonly gid: number } | null> {
  try {
    return await stat(directory);
  } catch (error) {
    if (errorCode(error) === 'ENOENT') return null;
    throw error;
  }
}
