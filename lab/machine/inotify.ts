import { mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Place } from '../place.ts';
import { codeOf } from './system-error.ts';

const LIMIT = '/proc/sys/fs/inotify/max_user_instances';
/** Every host's systemd takes five; at the kernel's default of 128 the 28th host does not boot. */
const INSTANCES_MIN = 4_096;
/** Of all labs on the machine, for the limit is the machine's: the last one to go puts it back. Gone after a reboot. */
const SHARED = '/run/patchsteward-lab';
const BEFORE = join(SHARED, 'inotify-before');
const USERS = join(SHARED, 'users');

export async function raiseInotifyLimit(place: Place): Promise<void> {
  await mkdir(USERS, { recursive: true });
  await writeFile(join(USERS, place.nameOf('lab')), '');
  const before = (await readFile(LIMIT, 'utf8')).trim();
  if (Number(before) >= INSTANCES_MIN) return;
  await writeFile(BEFORE, before, { flag: 'wx' }).catch(alreadyKept);
  await writeFile(LIMIT, String(INSTANCES_MIN));
}

export async function restoreInotifyLimit(place: Place): Promise<void> {
  await rm(join(USERS, place.nameOf('lab')), { force: true });
  try {
    if ((await readdir(USERS)).length > 0) return;
    await writeFile(LIMIT, await readFile(BEFORE, 'utf8'));
  } catch (error) {
    // No lab had to raise it.
    if (codeOf(error) !== 'ENOENT') throw error;
  }
  await rm(SHARED, { recursive: true, force: true });
}

/** Another lab raised it: what was before that one counts. */
function alreadyKept(error: unknown): void {
  if (codeOf(error) !== 'EEXIST') throw error;
}
