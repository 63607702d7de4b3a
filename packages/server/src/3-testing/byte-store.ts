import { createHash, randomUUID } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { type FileHandle, mkdir, open, rename, rm, stat, statfs } from 'node:fs/promises';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import type { Hash } from '@patchsteward/core/vocabulary';
import { isHash, sha256 } from '@patchsteward/trust';
import { codeOf } from '../platform/system-error.ts';

/** No package of Debian or Ubuntu is larger than 1.5 GiB. */
export const FILE_BYTES_MAX = 2 * 1024 ** 3;
/** Left for whatever else the disk is for, PostgreSQL first. */
const FREE_BYTES_MIN = 256 * 1024 ** 2;

/** `mismatch`: not the bytes that were promised, or not any more. `full`: no room. `too-large`: beyond a limit. */
export class ByteStoreFault extends Error {
  readonly fault: 'mismatch' | 'full' | 'too-large' | 'missing';

  constructor(fault: ByteStoreFault['fault'], message: string, cause?: unknown) {
    super(message, { cause });
    this.name = 'ByteStoreFault';
    this.fault = fault;
  }
}

export interface Promised {
  readonly hash: Hash;
  readonly sizeBytes: number;
}

/**
 * Bytes by their hash, in files of our own. What is written is hashed on its way, synced and only then given its name;
 * what is read is hashed again. The address is built from a hash alone, so no name from outside ever becomes a path.
 */
export class ByteStore {
  readonly #directory: string;
  readonly #incoming: string;
  readonly #freeBytesMin: number;

  constructor(directory: string, freeBytesMin: number = FREE_BYTES_MIN) {
    this.#directory = directory;
    this.#incoming = join(directory, 'incoming');
    this.#freeBytesMin = freeBytesMin;
  }

  /** Makes the folder and clears what a crash left half written. One server holds a data directory. */
  async start(): Promise<void> {
    await rm(this.#incoming, { recursive: true, force: true });
    await mkdir(this.#incoming, { recursive: true, mode: 0o700 });
  }

  /** Whether the bytes are there; whether they are still right is seen when they are read. */
  async has({ hash, sizeBytes }: Promised): Promise<boolean> {
    return (await this.#sizeOf(hash)) === sizeBytes;
  }

  /** Keeps what comes if it is exactly what was promised; otherwise nothing of it stays. */
  async put(source: AsyncIterable<Uint8Array>, promised: Promised): Promise<void> {
    if (promised.sizeBytes > FILE_BYTES_MAX) throw new ByteStoreFault('too-large', `${promised.hash} is too large`);
    await this.#refuseWhenFull(promised.sizeBytes);
    const path = join(this.#incoming, randomUUID());
    try {
      const file = await open(path, 'wx', 0o600);
      try {
        await writeExactly(file, source, promised);
        await file.sync();
      } finally {
        await file.close();
      }
      await this.#name(path, promised.hash);
    } catch (error) {
      if (codeOf(error) !== 'ENOSPC' && codeOf(error) !== 'EDQUOT') throw error;
      throw new ByteStoreFault('full', 'the disk of the byte store is full', error);
    } finally {
      await rm(path, { force: true });
    }
  }

  async putBytes(bytes: Uint8Array): Promise<Promised> {
    const promised = { hash: sha256(bytes), sizeBytes: bytes.length };
    if (!(await this.has(promised))) await this.put(Readable.from([bytes]), promised);
    return promised;
  }

  /** The bytes; the stream fails at its end where they are not what they were. undefined: they are not here. */
  async open(hash: Hash): Promise<{ readonly stream: Readable; readonly sizeBytes: number } | undefined> {
    const sizeBytes = await this.#sizeOf(hash);
    if (sizeBytes === undefined) return undefined;
    return { stream: Readable.from(this.#reading({ hash, sizeBytes }), { objectMode: false }), sizeBytes };
  }

  /** Bytes that are not what they were are dropped: an empty place is fetched again, a wrong one would stay. */
  async *#reading(promised: Promised): AsyncGenerator<Uint8Array> {
    const path = this.#pathOf(promised.hash);
    const file: AsyncIterable<Buffer> = createReadStream(path);
    try {
      yield* checked(file, promised);
    } catch (error) {
      if (error instanceof ByteStoreFault && error.fault === 'mismatch') await rm(path, { force: true });
      throw error;
    }
  }

  /** All of it, where it is known to be small. */
  async read(hash: Hash, bytesMax: number): Promise<Buffer> {
    const opened = await this.open(hash);
    if (opened === undefined) throw new ByteStoreFault('missing', `the byte store has no ${hash}`);
    if (opened.sizeBytes > bytesMax) throw new ByteStoreFault('too-large', `${hash} is larger than ${bytesMax} bytes`);
    const chunks: Buffer[] = [];
    for await (const chunk of opened.stream) chunks.push(chunk);
    return Buffer.concat(chunks);
  }

  async #refuseWhenFull(sizeBytes: number): Promise<void> {
    const { bavail, bsize } = await statfs(this.#incoming);
    if (bavail * bsize - sizeBytes >= this.#freeBytesMin) return;
    throw new ByteStoreFault('full', `the disk of the byte store has no room for ${sizeBytes} bytes`);
  }

  /** A name appears only over whole bytes, and survives a power cut together with them. */
  async #name(path: string, hash: Hash): Promise<void> {
    const target = this.#pathOf(hash);
    const folder = join(target, '..');
    await mkdir(folder, { recursive: true, mode: 0o700 });
    await rename(path, target);
    for (const directory of [folder, this.#directory]) {
      const handle = await open(directory, 'r');
      try {
        await handle.sync();
      } finally {
        await handle.close();
      }
    }
  }

  async #sizeOf(hash: Hash): Promise<number | undefined> {
    try {
      const found = await stat(this.#pathOf(hash));
      return found.isFile() ? found.size : undefined;
    } catch (error) {
      if (codeOf(error) === 'ENOENT') return undefined;
      throw error;
    }
  }

  #pathOf(hash: Hash): string {
    if (!isHash(hash)) throw new TypeError('the byte store is addressed by hashes alone');
    const hex = hash.slice('sha256:'.length);
    return join(this.#directory, hex.slice(0, 2), hex.slice(2));
  }
}

async function writeExactly(file: FileHandle, source: AsyncIterable<Uint8Array>, promised: Promised): Promise<void> {
  for await (const chunk of checked(source, promised)) await file.writeFile(chunk);
}

async function* checked(
  source: AsyncIterable<Uint8Array>,
  { hash, sizeBytes }: Promised,
): AsyncGenerator<Uint8Array, void, undefined> {
  const digest = createHash('sha256');
  let bytes = 0;
  for await (const chunk of source) {
    bytes += chunk.length;
    if (bytes > sizeBytes) throw new ByteStoreFault('mismatch', `${hash}: more than the ${sizeBytes} bytes promised`);
    digest.update(chunk);
    yield chunk;
  }
  const actual = `sha256:${digest.digest('hex')}`;
  if (bytes !== sizeBytes || actual !== hash) {
    throw new ByteStoreFault('mismatch', `${bytes} bytes with ${actual} instead of ${sizeBytes} with ${hash}`);
  }
}
