import { mkdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Environment } from '../acting.ts';

/** Where root's own dnf finds its settings. */
export function configurationPath(folder: string): string {
  return join(folder, 'dnf.conf');
}

/**
 * What root's dnf may know: what is installed, and the files it is given. No repository, plugin, exclusion or hook of the
 * host has a say. Without repositories there is nothing to download, so only what was signed can be installed.
 * // decided 32
 */
const LINES = [
  'plugins=0',
  // Each file by the signature of whoever built it, with the keys that the owner of the host gave to rpm.
  'gpgcheck=1',
  'localpkg_gpgcheck=1',
  // What is signed stands in the work order, and nothing beside it: no recommended packages, no tidying up, and no
  // former kernel that goes because there are too many.
  'install_weak_deps=0',
  'clean_requirements_on_remove=0',
  'installonly_limit=0',
  'best=1',
  'strict=1',
  'obsoletes=1',
  'color=never',
];

/** Writes the configuration below a folder of its own, and gives what a tool must find in its environment. */
export async function writeConfiguration(folder: string): Promise<Environment> {
  await rm(folder, { recursive: true, force: true });
  await mkdir(join(folder, 'repositories'), { recursive: true, mode: 0o700 });
  const places = [`reposdir=${folder}/repositories`, `cachedir=${folder}/cache`, `logdir=${folder}/log`];
  await writeFile(configurationPath(folder), `${['[main]', ...LINES, ...places].join('\n')}\n`, { mode: 0o600 });
  // Settings for rpm that lie in the home of root are nobody's signed will. A file without a valid signature is none.
  await writeFile(join(folder, '.rpmmacros'), '%_pkgverify_level all\n', { mode: 0o600 });
  return { HOME: folder };
}
