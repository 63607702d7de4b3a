import { createReadStream } from 'node:fs';
import { promisify } from 'node:util';
import { gunzip } from 'node:zlib';
import { Failure } from './failure.ts';
import { meaningOf, systemCode } from './system-error.ts';

/** Above every feed and package database we read; below what would exhaust the memory of a small host. */
const INPUT_BYTES_MAX = 256 * 1024 * 1024;

/** The bytes of a file the person named, unpacked if they are gzip, packed and unpacked at most `bytesMax`. */
export async function readInput(path: string, bytesMax: number = INPUT_BYTES_MAX): Promise<Uint8Array> {
  const bytes = await readBytes(path, bytesMax);
  if (!isGzip(bytes)) return bytes;
  return unpack(path, bytes, bytesMax);
}

/** The same as they are. */
export async function readBytes(path: string, bytesMax: number): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let length = 0;
  try {
    // A stream, so that a pipe such as /dev/stdin works, and `end` so that an endless one ends. // fs: end is inclusive
    const stream: AsyncIterable<Buffer> = createReadStream(path, { end: bytesMax });
    for await (const chunk of stream) {
      chunks.push(chunk);
      length += chunk.length;
    }
  } catch (error) {
    const { what, advice } = meaningOf(error);
    throw new Failure(`cannot read ${path}: ${what}`, advice, { cause: error });
  }
  if (length > bytesMax) throw tooLarge(path, bytesMax);
  return Buffer.concat(chunks, length);
}

// RFC 1952 §2.3.1. By content, not by name: feeds are saved under names of all kinds.
function isGzip(bytes: Buffer): boolean {
  return bytes[0] === 0x1f && bytes[1] === 0x8b;
}

async function unpack(path: string, bytes: Buffer, bytesMax: number): Promise<Buffer> {
  try {
    return await promisify(gunzip)(bytes, { maxOutputLength: bytesMax });
  } catch (error) {
    if (systemCode(error) === 'ERR_BUFFER_TOO_LARGE') throw tooLarge(path, bytesMax);
    throw new Failure(`cannot unpack ${path}: the gzip data is damaged`, 'fetch the file again', { cause: error });
  }
}

function tooLarge(path: string, bytesMax: number): Failure {
  const limit = `${Math.floor(bytesMax / (1024 * 1024))} MiB`;
  return new Failure(`${path} is larger than ${limit}`, 'check that it is the file you mean, or split it');
}
