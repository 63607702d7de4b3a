import { constants } from 'node:fs';
import { type FileHandle, mkdir, open } from 'node:fs/promises';
import { dirname } from 'node:path';
import { type Guard, readGuard } from '@patchsteward/trust/authorize';
import { errorCode, writeFileAtomically } from '../platform/files.ts';

const GUARD_BYTES_MAX = 64 * 1024;
const READABLE_BY_ALL = 0o644;
const WRITABLE_BY_OTHERS = 0o022;

/** What a host is that says nothing of itself: the dearest there can be, and it does not reboot. // rollout §3.3 */
export const STRICTEST_GUARD: Guard = {
  environment: 'production',
  criticality: 'critical',
  allow: { reboot: false, kernel: false, lanes: ['routine', 'critical'] },
  packagesDenied: [],
};

export type GuardAnswer =
  | { readonly kind: 'read'; readonly guard: Guard }
  /** Nothing may be done here: a file that cannot be understood might forbid anything. */
  | { readonly kind: 'unusable'; readonly why: string };

/**
 * Reads what the owner of the host allows. A missing file allows the least that an update needs; one that cannot be
 * read, is somebody else's or can be written by others allows nothing.
 */
export async function loadGuard(path: string): Promise<GuardAnswer> {
  const file = await openPlain(path);
  if (file === 'absent') return { kind: 'read', guard: STRICTEST_GUARD };
  if (file === 'link') return unusable(path, 'it is a link');
  try {
    const { uid, mode, size } = await file.stat();
    if (uid !== process.getuid?.()) return unusable(path, 'it does not belong to root');
    if ((mode & WRITABLE_BY_OTHERS) !== 0) return unusable(path, 'others than root can write it');
    if (size > GUARD_BYTES_MAX) return unusable(path, 'it is too large');
    const read = readGuard(await file.readFile());
    return read.ok ? { kind: 'read', guard: read.value } : unusable(path, read.refusal.detail);
  } finally {
    await file.close();
  }
}

/** Written at the enrollment, by root on this machine; never by the server. */
export async function saveGuard(path: string, guard: Guard): Promise<void> {
  await mkdir(dirname(path), { recursive: true });
  await writeFileAtomically(path, `${JSON.stringify(guard, null, 2)}\n`, READABLE_BY_ALL);
}

function unusable(path: string, why: string): GuardAnswer {
  return { kind: 'unusable', why: `${path}: ${why}` };
}

async function openPlain(path: string): Promise<FileHandle | 'absent' | 'link'> {
  try {
    return await open(path, constants.O_RDONLY | constants.O_NOFOLLOW);
  } catch (error) {
    if (errorCode(error) === 'ENOENT') return 'absent';
    if (errorCode(error) === 'ELOOP') return 'link';
    throw error;
  }
}
