import { execFile } from 'node:child_process';
import { access, constants, readdir } from 'node:fs/promises';
import { promisify } from 'node:util';
import { StartRefusal } from '../start-refusal.ts';
import { codeOf } from '../system-error.ts';
import { childEnvironment } from './child.ts';
import { embeddedBinaries } from './embedded.ts';

const execute = promisify(execFile);

/** Oldest PostgreSQL whose SQL we write: the one of Debian 12. */
export const POSTGRES_MAJOR_MIN = 15;
const VERSION_MS_MAX = 10_000;

export interface PostgresBinaries {
  readonly directory: string;
  readonly major: number;
  readonly version: string;
  readonly origin: 'configured' | 'system' | 'npm';
}

/** Where binaries may be, for a machine that keeps them elsewhere. */
export interface BinaryPlaces {
  /** Folders whose children are `<major>/bin`. */
  readonly versionedRoots?: readonly string[];
  readonly plainDirectories?: readonly string[];
  readonly embedded?: boolean;
}

export interface BinarySearch extends BinaryPlaces {
  /** Named by the administrator: then nothing else is tried. */
  readonly configured?: string | undefined;
  /** Where a copy of the npm-shipped binaries may be put. */
  readonly copyTo: string;
  /** The major that made the data directory: only it can open the files. */
  readonly pinnedMajor?: number | undefined;
}

/**
 * The distribution's binaries come first: it patches them. The npm-shipped ones are the fallback that makes a bare
 * machine work; they carry libraries nobody patches.
 */
export async function findBinaries(search: BinarySearch): Promise<PostgresBinaries> {
  const seen: PostgresBinaries[] = [];
  for await (const candidate of candidates(search)) {
    if (fits(candidate, search.pinnedMajor)) return candidate;
    seen.push(candidate);
  }
  throw refusal(search, seen);
}

async function* candidates(search: BinarySearch): AsyncGenerator<PostgresBinaries> {
  if (search.configured !== undefined) {
    const configured = await inspect(search.configured, 'configured');
    if (configured !== undefined) yield configured;
    return;
  }
  for (const root of search.versionedRoots ?? ['/usr/lib/postgresql']) {
    for (const major of await majorsIn(root)) {
      const found = await inspect(`${root}/${major}/bin`, 'system');
      if (found !== undefined) yield found;
    }
  }
  // Red Hat and SUSE keep the server here. Debian keeps only client wrappers here, which have no `postgres`.
  for (const directory of search.plainDirectories ?? ['/usr/bin']) {
    const found = await inspect(directory, 'system');
    if (found !== undefined) yield found;
  }
  if (search.embedded === false) return;
  const embedded = await embeddedBinaries(search.copyTo);
  const found = embedded === undefined ? undefined : await inspect(embedded, 'npm');
  if (found !== undefined) yield found;
}

/** A directory counts when both programs are there, may be run, and say which version they are. */
async function inspect(directory: string, origin: PostgresBinaries['origin']): Promise<PostgresBinaries | undefined> {
  try {
    await access(`${directory}/postgres`, constants.X_OK);
    await access(`${directory}/initdb`, constants.X_OK);
    const { stdout } = await execute(`${directory}/postgres`, ['--version'], {
      env: childEnvironment(),
      timeout: VERSION_MS_MAX,
    });
    const version = /\(PostgreSQL\) (\d+)(\S*)/.exec(stdout);
    if (version === null) return undefined;
    return {
      directory,
      origin,
      major: Number(version[1]),
      version: `${version[1]}${version[2]}`,
    };
  } catch (error) {
    // Not there, not for us to run, or of another architecture: no candidate. The refusal names what was looked at.
    if (error instanceof Error) return undefined;
    throw error;
  }
}

function fits(candidate: PostgresBinaries, pinnedMajor: number | undefined): boolean {
  return pinnedMajor === undefined ? candidate.major >= POSTGRES_MAJOR_MIN : candidate.major === pinnedMajor;
}

async function majorsIn(root: string): Promise<number[]> {
  try {
    const names = await readdir(root);
    return names
      .filter((name) => /^\d+$/.test(name))
      .map(Number)
      .sort((a, b) => b - a);
  } catch (error) {
    if (codeOf(error) === 'ENOENT' || codeOf(error) === 'EACCES' || codeOf(error) === 'ENOTDIR') return [];
    throw error;
  }
}

function refusal(search: BinarySearch, seen: readonly PostgresBinaries[]): StartRefusal {
  const found = seen.length === 0 ? 'none' : seen.map((one) => `${one.version} in ${one.directory}`).join(', ');
  if (search.pinnedMajor !== undefined && seen.length > 0) {
    return new StartRefusal(
      'postgresql-other-major',
      `The data directory was made by PostgreSQL ${search.pinnedMajor}; found only ${found}.`,
      `Install PostgreSQL ${search.pinnedMajor} again, or move the data with pg_upgrade.`,
    );
  }
  const where = search.configured ?? 'the usual places';
  const wanted = search.pinnedMajor ?? `${POSTGRES_MAJOR_MIN} or newer`;
  return new StartRefusal(
    'postgresql-missing',
    `No PostgreSQL ${wanted} that runs here was found in ${where} (found: ${found}).`,
    search.configured === undefined
      ? 'Install it (Debian, Ubuntu: apt-get install postgresql), or set PATCHSTEWARD_DATABASE_URL to a database elsewhere.'
      : 'Correct the setting postgresBinaries (PATCHSTEWARD_POSTGRES_BINARIES): the directory that holds postgres and initdb.',
  );
}
