import { readdir } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import type { IndexSnapshot } from '@patchsteward/core/vocabulary';
import { errorCode, readText } from '../../platform/files.ts';
import { compareText } from '../../platform/text.ts';
import type { IndexTarget } from './index-targets.ts';
import { parseReleaseDates, type ReleaseDates } from './release-file.ts';

/** Debian's main archive has 150 kB; a vendor's archive of every version it ever built has a few MB. */
const RELEASE_BYTES_MAX = 32 * 1024 * 1024;
const UNSIGNED: ReleaseDates = { date: null, validUntil: null };

/** What the host's copies of the indexes say of themselves, one entry per origin, sorted by id. */
export async function readOrigins(targets: readonly IndexTarget[]): Promise<IndexSnapshot[]> {
  const snapshots = new Map<string, IndexSnapshot>();
  const listings = new Map<string, ReadonlySet<string>>();
  for (const target of targets) {
    const folder = dirname(target.filename);
    const listing = listings.get(folder) ?? new Set(await readdir(folder));
    listings.set(folder, listing);
    // An origin has an index per architecture, all of one Release file.
    if (!snapshots.has(target.origin)) snapshots.set(target.origin, await snapshotOf(target, folder, listing));
  }
  return [...snapshots.values()].sort((a, b) => compareText(a.id, b.id));
}

async function snapshotOf(target: IndexTarget, folder: string, listing: ReadonlySet<string>): Promise<IndexSnapshot> {
  const release = signedReleaseOf(target, listing);
  const dates = release === null ? UNSIGNED : await readDates(join(folder, release));
  return {
    id: target.origin,
    publisher: target.publisher,
    label: target.label,
    suite: target.suite,
    codename: target.codename,
    ...dates,
    signed: release !== null,
  };
}

/**
 * The name of the Release file whose signature apt verified, or null. apt keeps an `InRelease`, or a `Release.gpg`
 * beside a `Release`, only after it verified the signature. Where a source says `trusted=yes` and no signature fits,
 * it stores the same file as a bare `Release`, so that it never passes for a verified one later. So the names in apt's
 * list folder are its own record, and the option itself need not be known here.
 */
function signedReleaseOf(target: IndexTarget, listing: ReadonlySet<string>): string | null {
  const prefix = releasePrefix(target);
  if (listing.has(`${prefix}InRelease`)) return `${prefix}InRelease`;
  return listing.has(`${prefix}Release.gpg`) && listing.has(`${prefix}Release`) ? `${prefix}Release` : null;
}

/** apt names a copy after its address; what precedes the index's own part is the address of its Release file. */
function releasePrefix(target: IndexTarget): string {
  const name = basename(target.filename);
  const end = name.lastIndexOf(listName(target.metaKey));
  return end === -1 ? name : name.slice(0, end);
}

/** Printable characters that apt writes as %xx in the names of its copies, as it does all others that do not print. */
const QUOTED = new Set(Buffer.from('\\|{}[]<>"^~_=!@#$%&*', 'latin1'));
const SPACE = 0x20;
const DELETE = 0x7f;

function listName(metaKey: string): string {
  const bytes = [...Buffer.from(metaKey, 'utf8')];
  const quoted = bytes.map((byte) =>
    QUOTED.has(byte) || byte <= SPACE || byte >= DELETE
      ? `%${byte.toString(16).padStart(2, '0')}`
      : String.fromCharCode(byte),
  );
  return quoted.join('').replaceAll('/', '_');
}

async function readDates(path: string): Promise<ReleaseDates> {
  try {
    return parseReleaseDates(await readText(path, RELEASE_BYTES_MAX));
  } catch (error) {
    // Replaced by an update of the lists in this moment: the stamp shows it, and the inventory is read again.
    if (errorCode(error) === 'ENOENT') return UNSIGNED;
    throw error;
  }
}
