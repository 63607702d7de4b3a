import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readInput } from './read-input.ts';

let folder = '';
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'patchsteward-read-input-'));
});
afterAll(() => rmSync(folder, { recursive: true }));

function file(name: string, content: string | Uint8Array): string {
  const path = join(folder, name);
  writeFileSync(path, content);
  return path;
}

async function read(path: string, bytesMax?: number): Promise<string> {
  return Buffer.from(await readInput(path, bytesMax)).toString('utf8');
}

describe('readInput', () => {
  it.each([
    ['plain', 'status', 'Package: a'],
    ['empty', 'empty', ''],
    ['gzip by name', 'status.gz', gzipSync('Package: a')],
    ['gzip by content', 'status.bin', gzipSync('Package: a')],
    ['gzip of several members', 'members.gz', Buffer.concat([gzipSync('Package: '), gzipSync('a')])],
    ['plain in spite of its name', 'plain.gz', 'Package: a'],
  ])('reads a file that is %s', async (_, name, content) => {
    expect(await read(file(name, content))).toBe(content.length === 0 ? '' : 'Package: a');
  });

  it('reads as much as is allowed, and no more', async () => {
    const plain = file('ten', '1234567890');
    const packed = file('ten.gz', gzipSync('1'.repeat(1_000)));

    expect(await read(plain, 10)).toBe('1234567890');
    expect(await read(packed, 1_000)).toHaveLength(1_000);
    await expect(read(plain, 9)).rejects.toMatchObject({ message: expect.stringContaining('is larger than') });
    await expect(read(packed, 999)).rejects.toMatchObject({ message: expect.stringContaining('is larger than') });
  });

  it('ends with an endless file', async () => {
    await expect(read('/dev/zero', 100_000)).rejects.toMatchObject({ advice: expect.stringContaining('split it') });
  });

  it.each([
    ['is missing', () => join(folder, 'missing'), 'there is no such file', 'check the path'],
    ['is a folder', () => folder, 'it is a folder', 'name a file'],
    ['is cut short', () => file('cut.gz', gzipSync('Package: a').subarray(0, 15)), 'damaged', 'fetch the file again'],
    ['is altered', () => file('altered.gz', altered()), 'damaged', 'fetch the file again'],
  ])('says what to do about a file that %s', async (_, path, what, advice) => {
    await expect(readInput(path())).rejects.toMatchObject({ message: expect.stringContaining(what), advice });
  });
});

function altered(): Uint8Array {
  const bytes = gzipSync('Package: a');
  bytes[12] = (bytes[12] ?? 0) ^ 0xff;
  return bytes;
}
