import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { InstalledPackage } from '@patchsteward/core/vocabulary';
import { type Host, hostPath } from '../../host/host.ts';
import { errorCode, isPresent, readText } from '../../platform/files.ts';
import { parseDpkgStatus } from './dpkg-status.ts';

const STATUS_PATH = '/var/lib/dpkg/status';
const JOURNAL_PATH = '/var/lib/dpkg/updates';
/** Ten thousand packages take 10 MB. */
const STATUS_BYTES_MAX = 256 * 1024 * 1024;

export function hasStatus(host: Host): Promise<boolean> {
  return isPresent(hostPath(host, STATUS_PATH));
}

/** dpkg's database and its journal. */
export async function readStatus(host: Host): Promise<InstalledPackage[]> {
  const journal: string[] = [];
  for (const path of await journalPaths(hostPath(host, JOURNAL_PATH))) {
    journal.push(await readText(path, STATUS_BYTES_MAX));
  }
  return parseDpkgStatus(await readText(hostPath(host, STATUS_PATH), STATUS_BYTES_MAX), journal);
}

/** Records of the journal are numbered, all with the same count of digits; other names are drafts. */
async function journalPaths(folder: string): Promise<string[]> {
  try {
    const names = (await readdir(folder)).filter((name) => /^\d+$/.test(name));
    return names.sort().map((name) => join(folder, name));
  } catch (error) {
    if (errorCode(error) === 'ENOENT') return [];
    throw error;
  }
}
