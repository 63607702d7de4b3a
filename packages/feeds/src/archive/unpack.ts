import { constants, gunzipSync, inflateRawSync, zstdDecompressSync } from 'node:zlib';
import { FeedUnreadable } from '../feed-unreadable.ts';
import { headByProgram, unpackedByProgram } from './program.ts';

/**
 * The largest feed file today unpacks to about 100 MiB; five times that. Below the 512 Mi characters that a text may
 * have in V8, with room for every byte being a character.
 */
const UNPACKED_BYTES_MAX = 500 * 1024 * 1024;

/** PKWARE APPNOTE §4.3.7 and, for an empty archive, §4.3.16. */
export function isZip(bytes: Uint8Array): boolean {
  return (
    bytes[0] === 0x50 && bytes[1] === 0x4b && ((bytes[2] === 3 && bytes[3] === 4) || (bytes[2] === 5 && bytes[3] === 6))
  );
}

type Packing = 'gzip' | 'zstd' | 'xz' | 'bzip2';

/** How a file begins that is packed. // RFC 1952 §2.3.1, RFC 8878 §3.1.1, the xz file format 1.2 §2.1.1.1, bzip2's manual */
const MAGIC: readonly (readonly [Packing, readonly number[]])[] = [
  ['gzip', [0x1f, 0x8b]],
  ['zstd', [0x28, 0xb5, 0x2f, 0xfd]],
  ['xz', [0xfd, 0x37, 0x7a, 0x58, 0x5a, 0x00]],
  ['bzip2', [0x42, 0x5a, 0x68]],
];

function packingOf(bytes: Uint8Array): Packing | null {
  return MAGIC.find(([, magic]) => magic.every((byte, at) => bytes[at] === byte))?.[0] ?? null;
}

/** The bytes, unpacked where they are packed. By content, not by name: feeds are saved under names of all kinds. */
export function unpacked(bytes: Uint8Array, bytesMax: number = UNPACKED_BYTES_MAX): Uint8Array {
  const packing = packingOf(bytes);
  const plain = packing === null ? bytes : unpack(packing, bytes, bytesMax);
  if (plain.length === 0) throw new FeedUnreadable('empty', 'the file is empty');
  if (plain.length > bytesMax) throw tooLarge(bytesMax);
  return plain;
}

function unpack(packing: Packing, bytes: Uint8Array, bytesMax: number): Uint8Array {
  if (packing === 'xz' || packing === 'bzip2') {
    const plain = unpackedByProgram(packing, bytes, bytesMax);
    if (plain === null) throw tooLarge(bytesMax);
    return plain;
  }
  try {
    const unpackSync = packing === 'gzip' ? gunzipSync : zstdDecompressSync;
    return unpackSync(bytes, { maxOutputLength: bytesMax });
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ERR_BUFFER_TOO_LARGE') throw tooLarge(bytesMax);
    throw new FeedUnreadable('damaged', `the ${packing} data is damaged`, { cause: error });
  }
}

/** A block of bzip2 is 900,000 bytes and gives nothing before its end. // bzip2's manual, -9 */
const BLOCK_BYTES_MAX = 1024 * 1024;

/** How much of the beginning of a file is to be read, so that it unpacks to anything. */
export function headBytesOf(head: Uint8Array, bytesMax: number): number {
  return packingOf(head) === 'bzip2' ? Math.max(BLOCK_BYTES_MAX, bytesMax) : bytesMax;
}

/** What the beginning of a file unpacks to, as far as it goes; for looking, not for reading. */
export function unpackedHead(head: Uint8Array, bytesMax: number): Uint8Array {
  const packing = packingOf(head);
  const packed = head.subarray(0, bytesMax);
  if (packing === null) return packed;
  if (packing === 'xz' || packing === 'bzip2') return headByProgram(packing, head, bytesMax);
  try {
    // Flush: the input ends in the middle of the stream. // zlib manual, Z_SYNC_FLUSH; RFC 8878
    if (packing === 'gzip') return gunzipSync(packed, { finishFlush: constants.Z_SYNC_FLUSH }).subarray(0, bytesMax);
    return zstdDecompressSync(packed, { finishFlush: constants.ZSTD_e_flush }).subarray(0, bytesMax);
  } catch {
    // Not packed like this after all: then it is no feed either, and that is the answer to the question asked here.
    return new Uint8Array();
  }
}

/** The name of the first file of a zip and what its beginning says; for looking, not for reading. // APPNOTE §4.3.7 */
export function zipHead(head: Uint8Array, bytesMax: number): { readonly name: string; readonly text: string } {
  const shortAt = (at: number): number => (head[at] ?? 0) + 256 * (head[at + 1] ?? 0);
  const nameEnd = LOCAL_BYTES + shortAt(26);
  const packed = head.subarray(nameEnd + shortAt(28));
  const plain = shortAt(8) === DEFLATED ? inflatedHead(packed) : packed;
  const decoder = new TextDecoder();
  return {
    name: decoder.decode(head.subarray(LOCAL_BYTES, nameEnd)),
    text: decoder.decode(plain.subarray(0, bytesMax)).trimStart(),
  };
}

const LOCAL_BYTES = 30;
const DEFLATED = 8;

function inflatedHead(packed: Uint8Array): Uint8Array {
  try {
    // What follows the first file is no more of its stream, and a stream that was cut off is read as far as it goes.
    return inflateRawSync(packed, { finishFlush: constants.Z_SYNC_FLUSH });
  } catch {
    // Not packed like this after all: then it is no feed either, and that is the answer to the question asked here.
    return new Uint8Array();
  }
}

function tooLarge(bytesMax: number): FeedUnreadable {
  return new FeedUnreadable('too-large', `the file unpacks to more than ${Math.floor(bytesMax / (1024 * 1024))} MiB`);
}
