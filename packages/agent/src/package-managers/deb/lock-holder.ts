import type { Host } from '../../host/host.ts';
import type { LockHolder } from '../acting.ts';
import { holderOf } from '../lock-holder.ts';

const LOCKS = ['/var/lib/dpkg/lock-frontend', '/var/lib/dpkg/lock', '/var/cache/apt/archives/lock'];

/** Who works with apt or dpkg right now; null: nobody. */
export function findLockHolder(host: Host): Promise<LockHolder | null> {
  return holderOf(host, LOCKS);
}
