import type { InstalledPackage } from '@patchsteward/core/vocabulary';
import { type Host, hostPath } from '../../host/host.ts';
import { isPresent, readText } from '../../platform/files.ts';
import { Problem } from '../../platform/problem.ts';
import { compareText } from '../../platform/text.ts';
import { fieldsOf } from './fields.ts';

/** Where apk keeps its database: since version 3 below /usr. */
const PLACES = ['/usr/lib/apk/db/installed', '/lib/apk/db/installed'] as const;
/** A thousand packages with the names of all their files take 15 MB. */
const DATABASE_BYTES_MAX = 256 * 1024 * 1024;
/** Files, a script or attributes could not be put in place. // apk-tools: field `f` of the installed database */
const BROKEN_FLAGS = /[fsx]/;

/** null: no apk keeps this host's packages. */
export async function databasePath(host: Host): Promise<string | null> {
  for (const place of PLACES) {
    const path = hostPath(host, place);
    if (await isPresent(path)) return path;
  }
  return null;
}

export async function readDatabase(host: Host): Promise<InstalledPackage[]> {
  return parseDatabase(await readDatabaseText(host));
}

export async function readDatabaseText(host: Host): Promise<string> {
  const path = await databasePath(host);
  if (path === null) throw new ApkDatabaseError('there is none');
  return readText(path, DATABASE_BYTES_MAX);
}

class ApkDatabaseError extends Problem {
  constructor(problem: string) {
    super(
      'apk-database-unreadable',
      `not a database of apk: ${problem}`,
      'use a whole copy of /lib/apk/db/installed; if it is the original, see what "apk audit --system" says',
    );
  }
}

/** What apk has installed, sorted by name, architecture and version. // SOP P1.2 */
export function parseDatabase(text: string): InstalledPackage[] {
  if (!text.endsWith('\n')) throw new ApkDatabaseError('the text ends within a line');
  const packages = fieldsOf(text, 'PVAof').map((fields) => {
    const name = fields.get('P') ?? '';
    const version = fields.get('V') ?? '';
    if (name === '' || version === '')
      throw new ApkDatabaseError(`a paragraph names no ${name === '' ? 'package' : 'version'}`);
    return {
      name,
      version,
      architecture: fields.get('A') ?? 'noarch',
      // All packages of one origin have one version. // APKBUILD(5)
      source: fields.get('o') ?? name,
      sourceVersion: version,
      state: BROKEN_FLAGS.test(fields.get('f') ?? '') ? 'broken' : 'installed',
      hold: false,
      origins: null,
    } as const;
  });
  // Even the smallest image has its own layout: an empty list would look like a host with nothing to patch.
  if (packages.length === 0) throw new ApkDatabaseError('there is no package in it');
  return packages.sort(
    (a, b) =>
      compareText(a.name, b.name) || compareText(a.architecture, b.architecture) || compareText(a.version, b.version),
  );
}
