import { createHash } from 'node:crypto';
import { access, mkdir, rm, symlink, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { run } from '../machine/command.ts';
import { codeOf } from '../machine/system-error.ts';
import type { Place } from '../place.ts';
import { cachePath, makeWhole } from './cache.ts';
import { BASE_SOURCES, HOST_SOURCES } from './suites.ts';

const SUITE = 'bookworm';
/** A newer one makes everybody's base system anew. */
const REVISION = 1;

const PACKAGES = [
  'systemd-sysv',
  'dbus',
  'iproute2',
  'procps',
  'gpgv',
  // A way in for people, as hosts have one; the guide of the first hour carries a package over it. OpenSSH would want a
  // newer libssl3 than the outdated one below.
  'dropbear',
  // A service with a port. Debian fixed it after the last point release: DLA-4682-1, DLA-4722-1.
  'redis-server',
  // Older than the release's own and still offered; redis uses it. DSA-6015-1, DSA-6113-1, DSA-6201-1, DSA-6335-1.
  'libssl3=3.0.17-1~deb12u2',
];

/** These would start package work, or wake the disk, behind the back of a test. */
const QUIET_UNITS = [
  'apt-daily.timer',
  'apt-daily-upgrade.timer',
  'dpkg-db-backup.timer',
  'e2scrub_all.timer',
  'e2scrub_reap.service',
  'fstrim.timer',
];

const FILES: Readonly<Record<string, string>> = {
  'etc/apt/apt.conf.d/50lab': 'Acquire::Languages "none";\n',
  'etc/apt/sources.list': `${HOST_SOURCES.join('\n')}\n`,
  'etc/systemd/journald.conf.d/lab.conf': '[Journal]\nStorage=volatile\nRuntimeMaxUse=8M\n',
  // Every host gets its own at its first boot; there is no name server.
  'etc/machine-id': '',
  'etc/resolv.conf': '',
};

/** The file system that all hosts share and none writes to, built once for each list of packages. */
export async function baseSystem(place: Place, say: (line: string) => void): Promise<string> {
  const architecture = (await run(place.work, ['dpkg', '--print-architecture'])).trim();
  const recipe = JSON.stringify([REVISION, architecture, SUITE, BASE_SOURCES, PACKAGES, QUIET_UNITS, FILES]);
  const key = createHash('sha256').update(recipe).digest('hex').slice(0, 12);
  const folder = cachePath('bases', `${SUITE}-${key}`);
  if (await exists(folder)) return folder;

  say(`building the base system (Debian ${SUITE}, once, under a minute) ...`);
  await makeWhole(folder, (draft) => build(place, draft));
  return folder;
}

async function build(place: Place, root: string): Promise<void> {
  const options = ['--quiet', '--variant=minbase', `--include=${PACKAGES.join(',')}`];
  await run(place.work, ['mmdebstrap', ...options, SUITE, root, ...BASE_SOURCES]);
  for (const [path, content] of Object.entries(FILES)) {
    await mkdir(dirname(join(root, path)), { recursive: true });
    await rm(join(root, path), { force: true });
    await writeFile(join(root, path), content);
  }
  for (const unit of QUIET_UNITS) await symlink('/dev/null', join(root, 'etc/systemd/system', unit));
}

async function exists(folder: string): Promise<boolean> {
  try {
    await access(folder);
    return true;
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return false;
    throw error;
  }
}
