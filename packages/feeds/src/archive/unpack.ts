import { constants, gunzipSync, inflateRawSync } from 'node:zlib';
import { FeedUnreadable } from '../feed-unreadable.ts';

/**
 * The largest feed file today unpacks to about 100 MiB; five times that. Below the 512 Mi characters that a text may
 * have in V8, with room for every byte being a character.
 */
const UNPACKED_BYTES_MAX = 500 * 1024 * 1024;

/** RFC 1952 §2.3.1. */
export function isGzip(bytes: Uint8Array): boolean {
  return bytes[0] === 0x1f && bytes[1] === 0x8b;
}

/** PKWARE APPNOTE §4.3.7 and, for an empty archive, §4.3.16. */
export function isZip(bytes: Uint8Array): boolean {
  return (
    bytes[0] === 0x50 && bytes[1] === 0x4b && ((bytes[2] === 3 && bytes[3] === 4) || (bytes[2] === 5 && bytes[3] === 6))
  );
}

/** The bytes, unpacked where they are gzip. By content, not by name: feeds are saved under names of all kinds. */
export function unpacked(bytes: Uint8Array, bytesMax: number = UNPACKED_BYTES_MAX): Uint8Array {
  const plain = isGzip(bytes) ? gunzip(bytes, bytesMax) : bytes;
  if (plain.length === 0) throw new FeedUnreadable('empty', 'the file is empty');
  if (plain.length > bytesMax) throw tooLarge(bytesMax);
  return plain;
}

function gunzip(bytes: Uint8Array, bytesMax: number): Uint8Array {
  try {
    return gunzipSync(bytes, { maxOutputLength: bytesMax });
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ERR_BUFFER_TOO_LARGE') throw tooLarge(bytesMax);
    throw new FeedUnreadable('damaged', 'the gzip data is damaged', { cause: error });
  }
}

/** What the beginning of a file unpacks to, as far as it goes; for looking, not for reading. */
export function unpackedHead(head: Uint8Array, bytesMax: number): Uint8Array {
  if (!isGzip(head)) return head.subarray(0, bytesMax);
  try {
    // Sync flush: the input ends in the middle of the stream. // zlib manual, Z_SYNC_FLUSH
    return gunzipSync(head.subarray(0, bytesMax), { finishFlush: constants.Z_SYNC_FLUSH }).subarray(0, bytesMax);
  } catch {
    // Not gzip after all: then it is no feed either, and that is the answer to the question asked here.
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
