import type { StampInputs } from '../stamp.ts';

/** Everything that rpm's and dnf's answers are made of. */
export const RPM_INPUTS: StampInputs = {
  paths: [
    '/usr/lib/sysimage/rpm',
    '/var/lib/rpm',
    // Where each package came from.
    '/var/lib/dnf/history.sqlite',
    '/var/lib/dnf/history.sqlite-wal',
    '/etc/dnf',
    '/etc/yum.repos.d',
    '/var/cache/dnf',
    '/etc/os-release',
    '/usr/lib/os-release',
  ],
  // Locks, memory that readers of the database share, and dnf's notes of when it looked last.
  isPassing: (name) => /(?:-shm|\.lock|\.pid|\.json)$|^__db\.|^(?:last_makecache|packages)$/.test(name),
};
