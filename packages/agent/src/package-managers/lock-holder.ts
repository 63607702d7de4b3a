import { readdir, readlink } from 'node:fs/promises';
import { join } from 'node:path';
import { type Host, hostPath } from '../host/host.ts';
import { errorCode, readProcText } from '../platform/files.ts';
import type { LockHolder } from './acting.ts';

const PROC_FILE_BYTES_MAX = 4 * 1024 * 1024;

/** `3: POSIX  ADVISORY  WRITE 1234 fe:00:5678 0 EOF` // proc_locks(5) */
const LOCK_LINE = /^\d+:\s+POSIX\s+\S+\s+WRITE\s+(\d+)\s/gm;

export function pidsWithWriteLocks(text: string): number[] {
  return [...new Set([...text.matchAll(LOCK_LINE)].map((match) => Number(match[1])))];
}

/**
 * Who holds a lock on one of these files right now; null: nobody. The kernel lists who holds locks, and the open files of
 * that process say which; device numbers do not, for they differ on overlay file systems.
 */
export async function holderOf(host: Host, locks: readonly string[]): Promise<LockHolder | null> {
  const paths = new Set(locks.map((path) => hostPath(host, path)));
  for (const pid of pidsWithWriteLocks(readProcText(join(host.procfs, 'locks'), PROC_FILE_BYTES_MAX))) {
    if (await hasOpen(host, pid, paths)) return { pid, name: nameOf(host, pid) };
  }
  return null;
}

async function hasOpen(host: Host, pid: number, paths: ReadonlySet<string>): Promise<boolean> {
  const folder = join(host.procfs, String(pid), 'fd');
  try {
    for (const name of await readdir(folder)) {
      if (paths.has(await linkOf(join(folder, name)))) return true;
    }
    return false;
  } catch (error) {
    // It ended meanwhile.
    if (errorCode(error) === 'ENOENT' || errorCode(error) === 'ESRCH') return false;
    throw error;
  }
}

async function linkOf(path: string): Promise<string> {
  try {
    return await readlink(path);
  } catch (error) {
    if (errorCode(error) === 'ENOENT') return '';
    throw error;
  }
}

function nameOf(host: Host, pid: number): string {
  try {
    return readProcText(join(host.procfs, String(pid), 'comm'), PROC_FILE_BYTES_MAX).trim();
  } catch (error) {
    if (errorCode(error) === 'ENOENT' || errorCode(error) === 'ESRCH') return 'ended';
    throw error;
  }
}
