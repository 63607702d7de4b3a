import { join } from 'node:path';
import { type Host, hostPath } from '../../host/host.ts';
import { readTextIfPresent } from '../../platform/files.ts';
import type { LockHolder } from '../acting.ts';
import { holderOf } from '../lock-holder.ts';

/** rpm holds one of them while it writes. */
const LOCKS = ['/var/lib/rpm/.rpm.lock', '/usr/lib/sysimage/rpm/.rpm.lock'];
/** dnf's lock is a file with a number of a process in it, which may be gone. */
const DNF_LOCK = '/var/lib/dnf/rpmdb_lock.pid';
const PID_BYTES_MAX = 64;
const PROC_FILE_BYTES_MAX = 4096;

/** Who works with dnf or rpm right now; null: nobody. */
export async function findLockHolder(host: Host): Promise<LockHolder | null> {
  return (await holderOf(host, LOCKS)) ?? dnfHolder(host);
}

async function dnfHolder(host: Host): Promise<LockHolder | null> {
  const pid = Number((await readTextIfPresent(hostPath(host, DNF_LOCK), PID_BYTES_MAX))?.trim());
  if (!Number.isInteger(pid) || pid <= 0) return null;
  const name = (await readTextIfPresent(join(host.procfs, String(pid), 'comm'), PROC_FILE_BYTES_MAX))?.trim();
  // The number may belong to another process by now; every front end of dnf has its name in its own.
  return name?.includes('dnf') === true ? { pid, name } : null;
}
