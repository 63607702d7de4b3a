import type { StampInputs } from '../stamp.ts';

/**
 * Everything that rpm's and dnf's answers are made of, but dnf's own history, which says where packages came from: root's
 * dnf writes it anew whenever it only reads, and no package comes without a change of rpm's database.
 */
export const RPM_INPUTS: StampInputs = {
  paths: [
    '/usr/lib/sysimage/rpm',
    '/var/lib/rpm',
    '/etc/dnf',
    '/etc/yum.repos.d',
    '/var/cache/dnf',
    '/etc/os-release',
    '/usr/lib/os-release',
  ],
  // Locks, memory that readers of the database share, and dnf's notes of when it looked last.
  isPassing: (name) => /(?:-shm|\.lock|\.pid|\.json)$|^__db\.|^(?:last_makecache|packages)$/.test(name),
};
