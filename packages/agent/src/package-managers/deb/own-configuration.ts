import { mkdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Environment } from '../acting.ts';

/** A held lock is normal: a person at the host, or its own daily run. The wait itself is the caller's. */
const LOCK_TIMEOUT_SECONDS = 120;

/**
 * What root's apt may know: what is installed, and the files it is given. No source, list, preference or hook of the
 * host has a say. Without sources there is nothing to download, so only what was signed can be installed. // decided 32
 */
const LINES = [
  ...['main', 'parts', 'sourcelist', 'sourceparts', 'preferences', 'preferencesparts', 'netrc', 'netrcparts'].map(
    (name) => `Dir::Etc::${name} "/dev/null";`,
  ),
  'Dir::Cache::pkgcache "";',
  'Dir::Cache::srcpkgcache "";',
  'APT::Sandbox::User "root";',
  // What dpkg says goes to our log as it is; there is nobody to draw a progress bar for.
  'Dpkg::Use-Pty "false";',
  'APT::Install-Recommends "false";',
  'APT::Install-Suggests "false";',
  `DPkg::Lock::Timeout "${LOCK_TIMEOUT_SECONDS}";`,
  // Files of configuration that a person changed stay as they are: nobody is there to be asked.
  'DPkg::Options { "--force-confdef"; "--force-confold"; };',
];

/** Writes the configuration below a folder of its own, and gives what a tool must find in its environment. */
export async function writeConfiguration(folder: string): Promise<Environment> {
  await rm(folder, { recursive: true, force: true });
  await mkdir(join(folder, 'lists/partial'), { recursive: true, mode: 0o700 });
  await mkdir(join(folder, 'cache/archives/partial'), { recursive: true, mode: 0o700 });
  const path = join(folder, 'apt.conf');
  const places = [`Dir::State::lists "${folder}/lists/";`, `Dir::Cache "${folder}/cache/";`];
  await writeFile(path, `${[...LINES, ...places].join('\n')}\n`, { mode: 0o600 });
  return { APT_CONFIG: path, DEBIAN_FRONTEND: 'noninteractive', DEBCONF_NONINTERACTIVE_SEEN: 'true' };
}
