import { mkdir, readdir, rename, rm } from 'node:fs/promises';
import { homedir } from 'node:os';
import { basename, dirname, join } from 'node:path';
import { LabError } from '../lab-error.ts';
import { mountsBelow } from '../machine/mounts.ts';
import { isAlive, ownIdentity } from '../machine/process-identity.ts';
import { codeOf } from '../machine/system-error.ts';

const DRAFT = '.draft.';

/** Where base systems and mirrors are kept: outside of every lab, for they cost a minute and are never written to. */
export function cachePath(...parts: string[]): string {
  return join(process.env['XDG_CACHE_HOME'] || join(homedir(), '.cache'), 'patchsteward', 'lab', ...parts);
}

/** Fills a folder under another name and renames it: whoever sees it sees it whole. */
export async function makeWhole(folder: string, fill: (draft: string) => Promise<void>): Promise<void> {
  await mkdir(dirname(folder), { recursive: true });
  await removeDrafts(dirname(folder));
  const { pid, startedTicks } = await ownIdentity();
  const draft = `${folder}${DRAFT}${pid}.${startedTicks}`;
  await mkdir(draft, { mode: 0o755 });
  await fill(draft);
  try {
    await rename(draft, folder);
  } catch (error) {
    // Another process was first; both made the same.
    if (codeOf(error) !== 'ENOTEMPTY' && codeOf(error) !== 'EEXIST') throw error;
    await rm(draft, { recursive: true });
  }
}

/** Takes away what processes that were killed while they built have left. */
async function removeDrafts(folder: string): Promise<void> {
  for (const name of await readdir(folder)) {
    const maker = makerOfDraft(name);
    if (maker === null || (await isAlive(maker))) continue;
    const path = join(folder, name);
    if ((await mountsBelow(path)).length > 0) {
      throw new LabError(`something is mounted below ${path}`, `unmount it and remove ${basename(path)}`);
    }
    await rm(path, { recursive: true, force: true });
  }
}

export function makerOfDraft(name: string): { pid: number; startedTicks: string } | null {
  const [, pid, startedTicks] = /\.draft\.(\d+)\.(\d+)$/.exec(name) ?? [];
  return pid === undefined || startedTicks === undefined ? null : { pid: Number(pid), startedTicks };
}
