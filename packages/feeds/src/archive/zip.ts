import { crc32, inflateRawSync } from 'node:zlib';
import { FeedUnreadable } from '../feed-unreadable.ts';

/** One file of an archive, unpacked and checked against its checksum. */
export interface ZipEntry {
  readonly name: string;
  readonly bytes: Uint8Array;
}

export interface ZipLimits {
  readonly entriesMax: number;
  readonly entryBytesMax: number;
  /** Of all entries together, unpacked. */
  readonly totalBytesMax: number;
}

// PKWARE APPNOTE 6.3.10 §4.3 and §4.5.3. Every length is read before anything is unpacked.
const END_SIGNATURE = 0x06054b50;
const END_BYTES = 22;
const COMMENT_BYTES_MAX = 0xffff;
const END64_LOCATOR_SIGNATURE = 0x07064b50;
const END64_LOCATOR_BYTES = 20;
const END64_SIGNATURE = 0x06064b50;
const ENTRY_SIGNATURE = 0x02014b50;
const ENTRY_BYTES = 46;
const LOCAL_SIGNATURE = 0x04034b50;
const LOCAL_BYTES = 30;
const ZIP64_EXTRA = 0x0001;
const IN_ZIP64 = 0xffffffff;
const STORED = 0;
const DEFLATED = 8;
const ENCRYPTED = 1;

/** One file of an archive, unpacked when it is asked for. */
export interface ZipMember {
  readonly name: string;
  /** Unpacked, as the directory has it. */
  readonly sizeBytes: number;
  readonly read: () => Uint8Array;
}

/** The files of a zip archive, one after another, so that only one is unpacked at a time. Folders are left out. */
export function* zipEntries(archive: Uint8Array, limits: ZipLimits): Generator<ZipEntry> {
  for (const { name, read } of zipMembers(archive, limits)) yield { name, bytes: read() };
}

/** The files of a zip archive in the order of its directory, to be read in any. Folders are left out. */
export function* zipMembers(archive: Uint8Array, limits: ZipLimits): Generator<ZipMember> {
  const view = new DataView(archive.buffer, archive.byteOffset, archive.byteLength);
  const directory = within(() => findDirectory(view));
  if (directory.entries > limits.entriesMax) {
    throw new FeedUnreadable('too-large', `the archive has ${directory.entries} files, more than ${limits.entriesMax}`);
  }
  let at = directory.offset;
  let total = 0;
  for (let entry = 0; entry < directory.entries; entry++) {
    const header = within(() => readHeader(archive, view, at));
    at = header.next;
    if (header.name.endsWith('/')) continue;
    total += header.size;
    if (header.size > limits.entryBytesMax || total > limits.totalBytesMax) {
      throw new FeedUnreadable('too-large', `the archive is too large once ${header.name} is unpacked`);
    }
    const read = (): Uint8Array => within(() => unpack(archive, view, header));
    yield { name: header.name, sizeBytes: header.size, read };
  }
}

function within<T>(work: () => T): T {
  try {
    return work();
  } catch (error) {
    // DataView: a length inside the archive points outside of it.
    if (error instanceof RangeError) throw damaged('its directory points outside of it', error);
    throw error;
  }
}

function findDirectory(view: DataView): { readonly entries: number; readonly offset: number } {
  const last = view.byteLength - END_BYTES;
  for (let at = last; at >= Math.max(0, last - COMMENT_BYTES_MAX); at--) {
    if (view.getUint32(at, true) !== END_SIGNATURE) continue;
    const locator = at - END64_LOCATOR_BYTES;
    if (locator >= 0 && view.getUint32(locator, true) === END64_LOCATOR_SIGNATURE) {
      const end64 = readUint64(view, locator + 8);
      if (view.getUint32(end64, true) !== END64_SIGNATURE) throw damaged('its directory is not where it should be');
      return { entries: readUint64(view, end64 + 32), offset: readUint64(view, end64 + 48) };
    }
    return { entries: view.getUint16(at + 10, true), offset: view.getUint32(at + 16, true) };
  }
  throw damaged('it has no directory, so it was cut off');
}

interface Header {
  readonly name: string;
  readonly encrypted: boolean;
  readonly method: number;
  readonly checksum: number;
  readonly packedSize: number;
  readonly size: number;
  readonly local: number;
  readonly next: number;
}

function readHeader(archive: Uint8Array, view: DataView, at: number): Header {
  if (view.getUint32(at, true) !== ENTRY_SIGNATURE) throw damaged('its directory is broken');
  const nameEnd = at + ENTRY_BYTES + view.getUint16(at + 28, true);
  const extraEnd = nameEnd + view.getUint16(at + 30, true);
  // In the order in which the zip64 extra field repeats those that do not fit. // APPNOTE §4.5.3
  const long = longFields(view, nameEnd, extraEnd);
  const field = (offset: number): number => {
    const short = view.getUint32(at + offset, true);
    return short === IN_ZIP64 ? long() : short;
  };
  const size = field(24);
  const packedSize = field(20);
  const local = field(42);
  return {
    name: new TextDecoder().decode(archive.subarray(at + ENTRY_BYTES, nameEnd)),
    encrypted: (view.getUint16(at + 8, true) & ENCRYPTED) !== 0,
    method: view.getUint16(at + 10, true),
    checksum: view.getUint32(at + 16, true),
    packedSize,
    size,
    local,
    next: extraEnd + view.getUint16(at + 32, true),
  };
}

/** The numbers of the zip64 extra field, one per call. */
function longFields(view: DataView, start: number, end: number): () => number {
  let at = start;
  while (at < end && view.getUint16(at, true) !== ZIP64_EXTRA) at += 4 + view.getUint16(at + 2, true);
  at += 4;
  return () => {
    if (at + 8 > end) throw damaged('its directory is broken');
    at += 8;
    return readUint64(view, at - 8);
  };
}

function readUint64(view: DataView, at: number): number {
  const value = view.getBigUint64(at, true);
  if (value > BigInt(Number.MAX_SAFE_INTEGER)) throw damaged('its directory points outside of it');
  return Number(value);
}

function unpack(archive: Uint8Array, view: DataView, header: Header): Uint8Array {
  const { name, local, packedSize, size } = header;
  if (header.encrypted) throw new FeedUnreadable('not-this-feed', `${name} in the archive is encrypted`);
  if (view.getUint32(local, true) !== LOCAL_SIGNATURE) throw damaged(`${name} is not where its directory says`);
  const start = local + LOCAL_BYTES + view.getUint16(local + 26, true) + view.getUint16(local + 28, true);
  const packed = archive.subarray(start, start + packedSize);
  const bytes = inflate(name, header.method, packed, size);
  if (bytes.length !== size || crc32(bytes) !== header.checksum) throw damaged(`${name} does not match its checksum`);
  return bytes;
}

function inflate(name: string, method: number, packed: Uint8Array, size: number): Uint8Array {
  if (method === STORED) return packed;
  if (method !== DEFLATED) throw new FeedUnreadable('not-this-feed', `${name} is packed in an unknown way (${method})`);
  try {
    // One byte of room, so that Node's limit of zero does not mean none.
    return inflateRawSync(packed, { maxOutputLength: size + 1 });
  } catch (error) {
    throw damaged(`${name} cannot be unpacked`, error);
  }
}

function damaged(problem: string, cause?: unknown): FeedUnreadable {
  return new FeedUnreadable('damaged', `the archive is damaged: ${problem}`, { cause });
}
