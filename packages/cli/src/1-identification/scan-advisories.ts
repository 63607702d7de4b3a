import { stat } from 'node:fs/promises';
import { type Claim, type ClaimIndex, indexClaims } from '@patchsteward/core/1-identification';
import type { Instant } from '@patchsteward/core/vocabulary';
import { type DebianOsv, FeedUnreadable, feedOf, type Kev, parseDebianOsv, parseKev } from '@patchsteward/feeds';
import type { Context } from '../platform/context.ts';
import { Failure } from '../platform/failure.ts';
import { readInput } from '../platform/read-input.ts';
import { feedFilesIn, orFailure } from './feeds-files.ts';

/** What the given files say. */
export interface LoadedAdvisories {
  readonly claims: ClaimIndex;
  readonly advisories: number;
  readonly files: readonly string[];
  readonly dataAsOf: Instant | null;
  readonly quarantined: number;
  /** Vulnerabilities known to be exploited; null where no catalog of them was given. */
  readonly knownExploited: ReadonlySet<string> | null;
}

/** Reads advisories from files and folders. */
export async function loadAdvisories(paths: readonly string[], context: Context): Promise<LoadedAdvisories> {
  const claims: Claim[] = [];
  const files: string[] = [];
  let exploited: Set<string> | null = null;
  const ages: Instant[] = [];
  let advisories = 0;
  let quarantined = 0;

  for (const path of await feedFiles(paths)) {
    context.progress.show(`reading ${path}`);
    const read = await parseFile(path);
    if (read === null) continue;
    files.push(path);
    quarantined += read.quarantined.length;
    const first = read.quarantined[0];
    if (first !== undefined) {
      const count = read.quarantined.length === 1 ? 'one record' : `${read.quarantined.length} records`;
      context.note(`${path}: ${count} could not be used; the first is ${first.record}: ${first.problem}`);
    }
    if ('entries' in read) {
      exploited = new Set([...(exploited ?? []), ...read.entries.map(({ vulnerability }) => vulnerability)]);
      continue;
    }
    for (const claim of read.claims) claims.push(claim);
    advisories += read.advisories.length;
    if (read.dataAsOf !== null) ages.push(read.dataAsOf);
  }
  if (advisories === 0) {
    throw new Failure('none of the given files holds advisories', "give Debian's advisories in OSV form as well");
  }
  return {
    claims: indexClaims(claims),
    advisories,
    files,
    dataAsOf: ages.length === 0 ? null : Math.max(...ages),
    quarantined,
    knownExploited: exploited,
  };
}

/** null: scores, which a scan does not use. */
async function parseFile(path: string): Promise<DebianOsv | Kev | null> {
  const bytes = await readInput(path);
  const feed = feedOf(bytes);
  if (feed === 'epss') return null;
  try {
    // What looks like none of ours is read as advisories, to say what is wrong with it.
    return feed === 'kev' ? parseKev(bytes) : parseDebianOsv(bytes);
  } catch (error) {
    if (!(error instanceof FeedUnreadable)) throw error;
    throw new Failure(`cannot use ${path}: ${error.problem}`, error.whatToDo, { cause: error });
  }
}

/** The files to read, in the order given; those of a folder by name. */
async function feedFiles(paths: readonly string[]): Promise<string[]> {
  const files: string[] = [];
  for (const path of paths) {
    if (await isFolder(path)) files.push(...(await inFolder(path)));
    else files.push(path);
  }
  return files;
}

async function isFolder(path: string): Promise<boolean> {
  return (await orFailure(path, () => stat(path))).isDirectory();
}

async function inFolder(folder: string): Promise<string[]> {
  const files = await feedFilesIn(folder);
  if (files.some(({ feed }) => feed === 'debian-osv')) return files.map(({ path }) => path);
  throw new Failure(`the folder ${folder} holds no advisories`, 'give the folder or the file that holds them');
}
