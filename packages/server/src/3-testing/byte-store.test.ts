import { mkdir, mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import type { Hash } from '@patchsteward/core/vocabulary';
import { sha256 } from '@patchsteward/trust';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { ByteStore, ByteStoreFault } from './byte-store.ts';

const BYTES = Buffer.from('the bytes of a package');
const PROMISED = { hash: sha256(BYTES), sizeBytes: BYTES.length };

let directory: string;
let store: ByteStore;

beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'byte-store-'));
  store = new ByteStore(directory);
  await store.start();
});
afterEach(() => rm(directory, { recursive: true, force: true }));

const pathOf = (hash: Hash): string => join(directory, hash.slice(7, 9), hash.slice(9));

/** Everything below the store but its empty folder for what comes in. */
async function files(): Promise<string[]> {
  const entries = await readdir(directory, { recursive: true, withFileTypes: true });
  return entries.filter((entry) => entry.isFile()).map(({ name }) => name);
}

async function faultOf(work: Promise<unknown>): Promise<string> {
  const error: unknown = await work.catch((thrown: unknown) => thrown);
  if (error instanceof ByteStoreFault) return error.fault;
  throw new Error(`no fault: ${String(error)}`);
}

describe('the byte store', () => {
  it('keeps what was promised under its hash, readable by its server alone', async () => {
    await store.put(Readable.from([BYTES.subarray(0, 5), BYTES.subarray(5)]), PROMISED);

    expect(await store.has(PROMISED)).toBe(true);
    expect(await store.read(PROMISED.hash, 100)).toEqual(BYTES);
    expect(await readFile(pathOf(PROMISED.hash))).toEqual(BYTES);
    expect((await stat(pathOf(PROMISED.hash))).mode & 0o777).toBe(0o600);
    expect(await files()).toHaveLength(1);
  });

  it('takes the same twice, also at once', async () => {
    await Promise.all([1, 2, 3].map(() => store.put(Readable.from([BYTES]), PROMISED)));

    expect(await store.putBytes(BYTES)).toEqual(PROMISED);
    expect(await files()).toHaveLength(1);
  });

  it.each([
    ['other bytes', [Buffer.from('the bytes of a virus!!')]],
    ['fewer bytes', [BYTES.subarray(0, 5)]],
    ['nothing', []],
    ['more bytes', [BYTES, BYTES]],
  ])('keeps nothing of %s than were promised', async (_, pieces) => {
    expect(await faultOf(store.put(Readable.from(pieces), PROMISED))).toBe('mismatch');
    expect(await files()).toEqual([]);
  });

  it('stops reading at the first byte too many', async () => {
    let pieces = 0;
    const endless = async function* () {
      while (true) {
        pieces += 1;
        yield await Promise.resolve(BYTES);
      }
    };

    expect(await faultOf(store.put(endless(), PROMISED))).toBe('mismatch');
    expect(pieces).toBe(2);
  });

  it('keeps nothing of what breaks on its way', async () => {
    const broken = async function* () {
      yield await Promise.resolve(BYTES.subarray(0, 5));
      throw new Error('cut off');
    };

    await expect(store.put(broken(), PROMISED)).rejects.toThrow('cut off');
    expect(await files()).toEqual([]);
  });

  it('refuses what has no room, before it takes any of it', async () => {
    const full = new ByteStore(directory, Number.MAX_SAFE_INTEGER);

    expect(await faultOf(full.put(Readable.from([BYTES]), PROMISED))).toBe('full');
    expect(await faultOf(store.put(Readable.from([]), { ...PROMISED, sizeBytes: 3 * 1024 ** 3 }))).toBe('too-large');
    expect(await files()).toEqual([]);
  });

  it('clears what a crash left half written, and nothing else', async () => {
    await store.putBytes(BYTES);
    await writeFile(join(directory, 'incoming', 'half'), 'half');

    await store.start();

    expect(await files()).toEqual([PROMISED.hash.slice(9)]);
  });

  it('gives no bytes that are not what they were, and takes them anew', async () => {
    await store.putBytes(BYTES);
    await writeFile(pathOf(PROMISED.hash), Buffer.from(BYTES.toString().replace('package', 'packags')));

    expect(await faultOf(store.read(PROMISED.hash, 100))).toBe('mismatch');
    expect(await store.has(PROMISED)).toBe(false);
    await store.putBytes(BYTES);
    expect(await store.read(PROMISED.hash, 100)).toEqual(BYTES);
  });

  it('says what it has not', async () => {
    expect(await store.open(PROMISED.hash)).toBeUndefined();
    expect(await store.has(PROMISED)).toBe(false);
    expect(await faultOf(store.read(PROMISED.hash, 100))).toBe('missing');
    await store.putBytes(BYTES);
    expect(await faultOf(store.read(PROMISED.hash, 3))).toBe('too-large');
  });

  it.each(['sha256:../../../etc/passwd', 'sha256:', '../x', `sha256:${'A'.repeat(64)}`])(
    'has no place %s',
    async (name) => {
      // What a caller without types could pass.
      await expect(store.open(name as Hash)).rejects.toThrow('addressed by hashes alone');
    },
  );

  it('finds a folder in the place of a file to be no file', async () => {
    await mkdir(pathOf(PROMISED.hash), { recursive: true });

    expect(await store.open(PROMISED.hash)).toBeUndefined();
  });
});
