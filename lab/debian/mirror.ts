import { createHash } from 'node:crypto';
import { copyFile, mkdir, readdir, readFile, rm, stat, utimes } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { LabError } from '../lab-error.ts';
import { run } from '../machine/command.ts';
import type { Place } from '../place.ts';
import { archivePathOf, downloadsOf, indexHashesOf, upgradesOf, validUntilMsOf } from './apt-answers.ts';
import { cachePath, makeWhole } from './cache.ts';
import { PrivateApt } from './private-apt.ts';

const DAY_MS = 24 * 60 * 60 * 1_000;
/** A lab may stay up for a day before its hosts refuse the index as expired. */
const VALID_FOR_MS_MIN = DAY_MS;
/** The one in use and the one before it, which another lab may still serve from. */
const KEPT_MAX = 2;

/** A part of Debian's archive, as signed by Debian: whole indexes, and the few packages that the hosts can come to need. */
export interface DebianMirror {
  /** The root of what is served: `debian`, `debian-security`. */
  readonly served: string;
  /** A layer of a host's file system: the lists as after an `apt-get update`. */
  readonly layer: string;
}

/** Gives the kept mirror of a base system; makes a new one when Debian's signature on the kept one is about to end. */
export async function debianMirror(place: Place, base: string, say: (line: string) => void): Promise<DebianMirror> {
  const folder = cachePath('mirrors', basename(base));
  const kept = await newestOf(folder);
  if (kept !== null && kept.validUntilMs - Date.now() > VALID_FOR_MS_MIN) return partsOf(kept.path);

  say('mirroring the packages that the hosts lack (once a week, under a minute) ...');
  try {
    const path = join(folder, String(Date.now()));
    await makeWhole(path, (draft) => fill(place, draft, base));
    await removeOld(folder);
    return partsOf(path);
  } catch (error) {
    if (kept === null || kept.validUntilMs < Date.now()) throw error;
    say('Debian cannot be reached; the kept mirror is valid for less than a day');
    return partsOf(kept.path);
  }
}

function partsOf(path: string): DebianMirror {
  return { served: join(path, 'www'), layer: join(path, 'layer') };
}

async function fill(place: Place, draft: string, base: string): Promise<void> {
  const apt = await PrivateApt.for(place, join(draft, 'apt'), base);
  await apt.get(['update', '--error-on=any']);
  const { served, layer } = partsOf(draft);
  const lists = (await readdir(apt.lists)).filter((name) => /_(InRelease|Packages\.xz)$/.test(name));
  for (const name of lists) await keepList(place, join(apt.lists, name), served, layer);
  await checkHashes(served, lists.map(archivePathOf));
  await keepPackages(apt, join(draft, 'pool'), served);
  await rm(join(draft, 'apt'), { recursive: true });
  await rm(join(draft, 'pool'), { recursive: true });
}

/** As served, and as a host keeps it after it was served: with the server's time, by which it asks for a newer one. */
async function keepList(place: Place, file: string, served: string, layer: string): Promise<void> {
  const lists = join(layer, 'var/lib/apt/lists');
  await mkdir(lists, { recursive: true });
  const kept = join(lists, basename(file));
  await copyWithTime(file, join(served, archivePathOf(basename(file))));
  await copyWithTime(file, kept);
  if (kept.endsWith('.xz')) await run(place.work, ['xz', '--decompress', kept]);
}

/** apt verified the signatures; here it shows that what is served is what they cover, under the name by hash as well. */
async function checkHashes(served: string, paths: readonly string[]): Promise<void> {
  for (const release of paths.filter((path) => path.endsWith('/InRelease'))) {
    const vouched = indexHashesOf(await readFile(join(served, release), 'utf8'));
    for (const path of paths.filter((one) => one.startsWith(`${dirname(release)}/`) && one !== release)) {
      const file = join(served, path);
      const sha256 = createHash('sha256')
        .update(await readFile(file))
        .digest('hex');
      const isVouched = vouched.some((one) => join(dirname(release), one.path) === path && one.sha256 === sha256);
      if (!isVouched) throw new LabError(`${path} is not as Debian signed it`, 'try again: the archive was changing');
      await copyWithTime(file, join(dirname(file), 'by-hash', 'SHA256', sha256));
    }
  }
}

/** Both sides of every upgrade: what the hosts go to, and what they would go back to. */
async function keepPackages(apt: PrivateApt, pool: string, served: string): Promise<void> {
  const upgrades = upgradesOf(await apt.get(['--simulate', 'dist-upgrade']));
  const wanted = upgrades.flatMap(({ name, from, to }) => [
    `${name}=${to}`,
    ...(from === null ? [] : [`${name}=${from}`]),
  ]);
  await mkdir(pool, { recursive: true });
  await apt.get(['download', ...wanted], pool);
  for (const { url, file } of downloadsOf(await apt.get(['download', '--print-uris', ...wanted], dirname(served)))) {
    await copyWithTime(join(pool, file), join(served, decodeURIComponent(new URL(url).pathname)));
  }
}

async function copyWithTime(from: string, to: string): Promise<void> {
  await mkdir(dirname(to), { recursive: true });
  await copyFile(from, to);
  const { atime, mtime } = await stat(from);
  await utimes(to, atime, mtime);
}

/** The newest whole mirror, and when the first of its signed indexes ends. */
async function newestOf(folder: string): Promise<{ path: string; validUntilMs: number } | null> {
  const name = (await wholeOf(folder)).at(-1);
  if (name === undefined) return null;
  const path = join(folder, name);
  const lists = join(partsOf(path).layer, 'var/lib/apt/lists');
  const releases = (await readdir(lists)).filter((file) => file.endsWith('_InRelease'));
  const ends = await Promise.all(
    releases.map(async (file) => validUntilMsOf(await readFile(join(lists, file), 'utf8'))),
  );
  return { path, validUntilMs: Math.min(...ends.filter((end) => end !== null)) };
}

async function removeOld(folder: string): Promise<void> {
  for (const name of (await wholeOf(folder)).slice(0, -KEPT_MAX)) await rm(join(folder, name), { recursive: true });
}

/** The oldest first; what is being made has another name. */
async function wholeOf(folder: string): Promise<string[]> {
  await mkdir(folder, { recursive: true });
  return (await readdir(folder)).filter((name) => /^\d+$/.test(name)).toSorted();
}
