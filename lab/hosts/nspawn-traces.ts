import { readdir, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { codeOf } from '../machine/system-error.ts';

const NSPAWN = '/run/systemd/nspawn';

/** A systemd-nspawn that is killed leaves a folder by its machine's name, and a lock by the number of the root's folder. */
export async function removeNspawnTraces(
  isOurs: (machine: string) => boolean,
  roots: readonly string[],
): Promise<void> {
  for (const machine of (await machinesThere()).filter(isOurs)) {
    await rm(join(NSPAWN, 'propagate', machine), { recursive: true, force: true });
  }
  for (const root of roots) {
    const { dev, ino } = await stat(root);
    await rm(join(NSPAWN, 'locks', `inode-${dev}:${ino}`), { force: true });
  }
}

async function machinesThere(): Promise<string[]> {
  try {
    return await readdir(join(NSPAWN, 'propagate'));
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return [];
    throw error;
  }
}
