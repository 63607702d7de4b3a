import { stat } from 'node:fs/promises';
import { type Claim, type ClaimIndex, indexClaims } from '@patchsteward/core/1-identification';
import type { Instant } from '@patchsteward/core/vocabulary';
import {
  type Advisories,
  advisoryFormatOf,
  FeedUnreadable,
  feedOf,
  type Kev,
  parseAdvisories,
  parseDebianOsv,
  parseKev,
  type Quarantined,
} from '@patchsteward/feeds';
import type { Context } from '../platform/context.ts';
import { Failure } from '../platform/failure.ts';
import { readInput } from '../platform/read-input.ts';
import { filesIn, orFailure } from './feeds-files.ts';

/** What the given files say. */
export interface LoadedAdvisories {
  readonly claims: ClaimIndex;
  readonly advisories: number;
  readonly files: readonly string[];
  readonly dataAsOf: Instant | null;
  /** Records that could not be used while the rest of their file could. */
  readonly quarantined: readonly (Quarantined & { readonly file: string })[];
  /** Vulnerabilities known to be exploited; null where no catalog of them was given. */
  readonly knownExploited: ReadonlySet<string> | null;
}

/** Which files are advisories to a command, and how it reads them. */
export interface AdvisoryReader {
  /** What the beginning of a file in a folder says; null: passed over. */
  readonly kindOf: (head: Uint8Array) => string | null;
  /** null: nothing that the command uses. What looks like none of ours is read too, to say what is wrong with it. */
  readonly parse: (bytes: Uint8Array) => Advisories | Kev | null;
  /** What to give where nothing was found. */
  readonly advice: string;
}

/** What a host of Debian is scanned by: Debian's own records, its advisories and its tracker. */
const OF_DEBIAN: readonly (string | null)[] = ['debian-osv', 'debian-tracker', 'kev'];

export const DEBIAN_READER: AdvisoryReader = {
  kindOf: (head) => {
    const feed = feedOf(head);
    return OF_DEBIAN.includes(feed) ? feed : null;
  },
  parse: (bytes) => {
    const feed = feedOf(bytes);
    // Scores are not used here.
    if (feed === 'epss') return null;
    if (feed === 'debian-tracker') return parseAdvisories(feed, bytes);
    return feed === 'kev' ? parseKev(bytes) : parseDebianOsv(bytes);
  },
  advice: "give Debian's advisories in OSV form, or the JSON of its tracker, as well",
};

/** What any list of packages is judged by: every form of advisories that we read. */
export const ANY_READER: AdvisoryReader = {
  kindOf: (head) => advisoryFormatOf(head) ?? (feedOf(head) === 'kev' ? 'kev' : null),
  parse: (bytes) => {
    const format = advisoryFormatOf(bytes);
    if (format === null && feedOf(bytes) === 'kev') return parseKev(bytes);
    return parseAdvisories(format ?? 'osv', bytes);
  },
  advice:
    "give advisories in OSV form, CSAF documents, updateinfo.xml, Alpine's secdb, or the JSON of Debian's tracker as well",
};

/** Reads advisories from files and folders. */
export async function loadAdvisories(
  paths: readonly string[],
  reader: AdvisoryReader,
  context: Context,
): Promise<LoadedAdvisories> {
  const claims: Claim[] = [];
  const files: string[] = [];
  let exploited: Set<string> | null = null;
  const ages: Instant[] = [];
  let advisories = 0;
  const quarantined: (Quarantined & { file: string })[] = [];

  for (const path of await feedFiles(paths, reader)) {
    context.progress.show(`reading ${path}`);
    const read = await parseFile(path, reader);
    if (read === null) continue;
    files.push(path);
    for (const entry of read.quarantined) quarantined.push({ file: path, ...entry });
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
  if (advisories + claims.length === 0) {
    throw new Failure('none of the given files holds advisories', reader.advice);
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

async function parseFile(path: string, reader: AdvisoryReader): Promise<Advisories | Kev | null> {
  const bytes = await readInput(path);
  try {
    return reader.parse(bytes);
  } catch (error) {
    if (!(error instanceof FeedUnreadable)) throw error;
    throw new Failure(`cannot use ${path}: ${error.problem}`, error.whatToDo, { cause: error });
  }
}

/** The files to read, in the order given; those of a folder by name. */
async function feedFiles(paths: readonly string[], reader: AdvisoryReader): Promise<string[]> {
  const files: string[] = [];
  for (const path of paths) {
    if (await isFolder(path)) files.push(...(await inFolder(path, reader)));
    else files.push(path);
  }
  return files;
}

async function isFolder(path: string): Promise<boolean> {
  return (await orFailure(path, () => stat(path))).isDirectory();
}

async function inFolder(folder: string, reader: AdvisoryReader): Promise<string[]> {
  const files = await filesIn(folder, reader.kindOf);
  if (files.length > 0) return files.map(({ path }) => path);
  throw new Failure(`the folder ${folder} holds no advisories`, 'give the folder or the file that holds them');
}
