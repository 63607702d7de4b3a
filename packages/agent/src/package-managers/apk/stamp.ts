import type { StampInputs } from '../stamp.ts';

/** Everything that apk's database and indexes are read from. */
export const APK_INPUTS: StampInputs = {
  paths: [
    '/lib/apk/db/installed',
    '/usr/lib/apk/db/installed',
    '/etc/apk',
    '/var/cache/apk',
    '/etc/os-release',
    '/usr/lib/os-release',
  ],
  // Packages that were fetched, and downloads under way.
  isPassing: (name) => /\.apk$|^\.|\.new$/.test(name),
};
