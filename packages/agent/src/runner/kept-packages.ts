import { createHash } from 'node:crypto';
import { constants, createReadStream } from 'node:fs';
import { type FileHandle, open, readdir, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import type { Leaf, PackageChange } from '@patchsteward/core/plan';
import { leafFiles } from '../leaf-files.ts';
import type { ActingPlaces } from '../package-managers/acting.ts';
import { actingManagerFor } from '../package-managers/acting-managers.ts';
import { keptName } from '../package-managers/kept-name.ts';
import { errorCode, syncDirectory } from '../platform/files.ts';
import type { JobFiles } from './next-step.ts';

const PRIVATE_FILE = 0o600;
const COPY_CHUNK_BYTES = 1024 * 1024;

export type KeepFault =
  | { readonly kind: 'missing'; readonly name: string }
  | { readonly kind: 'hash-mismatch'; readonly name: string };

/** The paths by which package managers get them. */
export function jobFiles(leaf: Leaf, places: ActingPlaces): JobFiles {
  const manager = actingManagerFor(leaf.ecosystem);
  const back = leaf.rollback.kind === 'downgrade' ? leaf.rollback.changes : [];
  return { manager, forward: manager.filesOf(leaf.changes, places), back: manager.filesOf(back, places) };
}

/**
 * Copies what agentd has fetched into a folder of root's, and hashes the copy: what is hashed there cannot be exchanged
 * any more. The spool is another user's: no link is followed, and only a plain file of the signed size is read.
 */
export async function keepPackages(leaf: Leaf, spool: string, folder: string): Promise<KeepFault | null> {
  for (const change of leafFiles(leaf)) {
    if (change.sha256 === null) continue;
    const kept = join(folder, keptName(change.sha256, leaf.ecosystem));
    if (await hasHash(kept, change.sha256)) continue;
    const fault = await keepOne(change, join(spool, change.sha256), kept);
    if (fault !== null) return { kind: fault, name: `${change.name} ${change.to ?? ''}`.trim() };
  }
  await syncDirectory(folder);
  return null;
}

/** What is kept is still what was signed: disks rot, and root may have been in there. */
export async function findRotten(leaf: Leaf, folder: string): Promise<string | null> {
  for (const { name, to, sha256 } of leafFiles(leaf)) {
    if (sha256 === null) continue;
    if (!(await hasHash(join(folder, keptName(sha256, leaf.ecosystem)), sha256))) return `${name} ${to ?? ''}`.trim();
  }
  return null;
}

/** Removes the files that no named work order needs. */
export async function dropPackages(needed: readonly Leaf[], folder: string): Promise<void> {
  const names = new Set(
    needed.flatMap((leaf) =>
      leafFiles(leaf).flatMap(({ sha256 }) => (sha256 === null ? [] : [keptName(sha256, leaf.ecosystem)])),
    ),
  );
  for (const name of await readdir(folder)) {
    if (!names.has(name)) await rm(join(folder, name), { force: true });
  }
}

async function keepOne(
  { sizeBytes, sha256 }: PackageChange,
  from: string,
  kept: string,
): Promise<KeepFault['kind'] | null> {
  const source = await openPlainFile(from);
  if (source === null) return 'missing';
  const draft = `${kept}.draft`;
  try {
    const { size } = await source.stat();
    if (size !== sizeBytes) return 'hash-mismatch';
    await copy(source, draft, sizeBytes);
  } finally {
    await source.close();
  }
  if (sha256 === null || !(await hasHash(draft, sha256))) {
    await rm(draft, { force: true });
    return 'hash-mismatch';
  }
  await rename(draft, kept);
  return null;
}

/** Null where there is none; a link or a device in its place is none either, and a pipe must not hold us. */
async function openPlainFile(path: string): Promise<FileHandle | null> {
  try {
    const file = await open(path, constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK);
    if ((await file.stat()).isFile()) return file;
    await file.close();
    return null;
  } catch (error) {
    if (['ENOENT', 'ELOOP', 'ENXIO', 'ENOTDIR'].includes(errorCode(error) ?? '')) return null;
    throw error;
  }
}

/** Never more than was signed, however the file grows meanwhile. */
async function copy(source: FileHandle, to: string, bytesMax: number): Promise<void> {
  await rm(to, { force: true });
  const target = await open(to, constants.O_WRONLY | constants.O_CREAT | constants.O_EXCL, PRIVATE_FILE);
  try {
    const buffer = Buffer.allocUnsafe(COPY_CHUNK_BYTES);
    for (let at = 0; at < bytesMax; ) {
      const { bytesRead } = await source.read(buffer, 0, Math.min(buffer.length, bytesMax - at), at);
      if (bytesRead === 0) break;
      await target.write(buffer, 0, bytesRead);
      at += bytesRead;
    }
    await target.sync();
  } finally {
    await target.close();
  }
}

async function hasHash(path: string, expected: string): Promise<boolean> {
  const hash = createHash('sha256');
  try {
    await pipeline(createReadStream(path), hash);
  } catch (error) {
    if (errorCode(error) === 'ENOENT') return false;
    throw error;
  }
  return `sha256:${hash.digest('hex')}` === expected;
}
