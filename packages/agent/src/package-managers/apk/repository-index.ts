import { readFile, stat } from 'node:fs/promises';
import { gunzipSync } from 'node:zlib';
import type { Instant } from '@patchsteward/core/vocabulary';
import { fieldsOf } from './fields.ts';

/** The index of Alpine's community repository has 2 MB, and 8 MB unpacked. */
const PACKED_BYTES_MAX = 64 * 1024 * 1024;
const UNPACKED_BYTES_MAX = 256 * 1024 * 1024;
/** // ustar: blocks of a header and of content */
const BLOCK_BYTES = 512;
/** A signed index has three files: the signature, a description, the index. */
const ENTRIES_MAX = 1_000;

/** A package as an index lists it. */
export interface ListedPackage {
  readonly name: string;
  readonly version: string;
  readonly architecture: string;
  readonly origin: string;
  readonly sizeBytes: number | null;
}

export interface RepositoryIndex {
  readonly packages: readonly ListedPackage[];
  /** What the publisher calls the state: `v3.19.1-52-g1234`. */
  readonly description: string | null;
  /** Whose key signed it; apk keeps no index whose signature it did not verify, unless it was told to trust all. */
  readonly signedBy: string | null;
  readonly fetchedAt: Instant;
}

/** The copy of an index is no index: damaged, cut off, larger than any. */
export class IndexUnreadable extends Error {
  constructor(path: string, problem: string, cause?: unknown) {
    super(`${path} cannot be read: ${problem}; run "apk update"`, { cause });
    this.name = 'IndexUnreadable';
  }
}

export async function readRepositoryIndex(path: string): Promise<RepositoryIndex> {
  const { size, mtimeMs } = await stat(path);
  if (size > PACKED_BYTES_MAX) throw new IndexUnreadable(path, `it has ${size} bytes`);
  return { ...parseIndex(path, unpacked(path, await readFile(path))), fetchedAt: Math.trunc(mtimeMs) };
}

/** Signature and index are two gzip streams behind each other, and one tar archive together. */
function unpacked(path: string, bytes: Uint8Array): Buffer {
  try {
    return gunzipSync(bytes, { maxOutputLength: UNPACKED_BYTES_MAX });
  } catch (error) {
    throw new IndexUnreadable(path, 'it is no whole gzip file', error);
  }
}

function parseIndex(path: string, archive: Buffer): Omit<RepositoryIndex, 'fetchedAt'> {
  const files = filesOf(archive);
  const index = files.get('APKINDEX');
  if (index === undefined) throw new IndexUnreadable(path, 'there is no index in it');
  const signature = [...files.keys()].find((name) => name.startsWith('.SIGN.'));
  return {
    packages: fieldsOf(index.toString('utf8'), 'PVAoS').flatMap(listedOf),
    description: files.get('DESCRIPTION')?.toString('utf8').trim() || null,
    signedBy: signature === undefined ? null : signerOf(signature),
  };
}

function listedOf(fields: ReadonlyMap<string, string>): ListedPackage[] {
  const [name, version, size] = [fields.get('P'), fields.get('V'), fields.get('S')];
  if (name === undefined || version === undefined) return [];
  return [
    {
      name,
      version,
      architecture: fields.get('A') ?? 'noarch',
      origin: fields.get('o') ?? name,
      sizeBytes: size !== undefined && /^\d{1,15}$/.test(size) ? Number(size) : null,
    },
  ];
}

/** `.SIGN.RSA.alpine-devel@lists.alpinelinux.org-4a6a0840.rsa.pub`: the name of the key, without its number. */
function signerOf(entry: string): string {
  return entry.replace(/^\.SIGN\.[A-Z0-9]+\./, '').replace(/(?:-[0-9a-f]{8})?\.rsa\.pub$/, '');
}

/** // POSIX ustar: name at 0, size in octal at 124 */
function filesOf(archive: Buffer): ReadonlyMap<string, Buffer> {
  const files = new Map<string, Buffer>();
  let at = 0;
  for (let entries = 0; entries < ENTRIES_MAX && at + BLOCK_BYTES <= archive.length; entries += 1) {
    const name = textAt(archive, at, 100);
    const sizeBytes = Number.parseInt(textAt(archive, at + 124, 12), 8) || 0;
    const start = at + BLOCK_BYTES;
    if (name !== '' && start + sizeBytes <= archive.length) files.set(name, archive.subarray(start, start + sizeBytes));
    at = start + Math.ceil(sizeBytes / BLOCK_BYTES) * BLOCK_BYTES;
  }
  return files;
}

function textAt(archive: Buffer, start: number, bytes: number): string {
  return archive
    .toString('latin1', start, start + bytes)
    .replace(/\0.*$/s, '')
    .trim();
}
