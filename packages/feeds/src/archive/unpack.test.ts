import { execFileSync, spawnSync } from 'node:child_process';
import { gzipSync, zstdCompressSync } from 'node:zlib';
import { strToU8, zipSync } from 'fflate';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { bytesOf, faultOf } from '../testing/fault.ts';
import { headBytesOf, isZip, unpacked, unpackedHead } from './unpack.ts';

const text = 'a line of a feed\n'.repeat(10_000);
const packed = gzipSync(text);

describe('unpacked', () => {
  it.each([
    ['plain bytes as they are', bytesOf(text)],
    ['gzip, whatever its name', packed],
    ['zstd', zstdCompressSync(text)],
  ])('gives %s', (_, bytes) => {
    expect(new TextDecoder().decode(unpacked(bytes))).toBe(text);
  });

  it.each<[string, Uint8Array, string]>([
    ['an empty file', new Uint8Array(), 'empty: the file is empty'],
    ['a gzip of nothing', gzipSync(''), 'empty: the file is empty'],
    ['a cut off gzip', packed.subarray(0, packed.length - 9), 'damaged: the gzip data is damaged'],
    ['a gzip with a flipped byte', flipped(packed, 40), 'damaged: the gzip data is damaged'],
    ['a gzip bomb', gzipSync(new Uint8Array(5 * 1024 * 1024)), 'too-large: the file unpacks to more than 1 MiB'],
    ['a cut off zstd', zstdCompressSync(text).subarray(0, 40), 'damaged: the zstd data is damaged'],
    [
      'a zstd bomb',
      zstdCompressSync(new Uint8Array(5 * 1024 * 1024)),
      'too-large: the file unpacks to more than 1 MiB',
    ],
    ['too many plain bytes', new Uint8Array(2 * 1024 * 1024), 'too-large: the file unpacks to more than 1 MiB'],
  ])('refuses %s', (_, bytes, fault) => {
    expect(faultOf(() => unpacked(bytes, 1024 * 1024))).toBe(fault);
  });
});

describe('unpackedHead', () => {
  it('looks into the beginning of a gzip that goes on', () => {
    const noise = Buffer.from(Array.from({ length: 50_000 }, (_, at) => (at * 7919) % 251));
    const head = gzipSync(Buffer.concat([Buffer.from(text), noise])).subarray(0, 600);

    expect(new TextDecoder().decode(unpackedHead(head, 600))).toMatch(/^a line of a feed\n/);
  });

  it('sees nothing in what only looks like gzip', () => {
    expect(unpackedHead(Uint8Array.of(0x1f, 0x8b, 9, 9, 9), 100)).toEqual(new Uint8Array());
  });
});

// Node has no reader for these; Debian and Ubuntu have the programs.
describe.each(['xz', 'bzip2'] as const)('a file that is packed by %s', (program) => {
  const isThere = spawnSync(program, ['--version'], { input: '' }).error === undefined;
  const possible = it.skipIf(!isThere);
  const packedBy = (plain: string | Uint8Array) => execFileSync(program, ['--stdout'], { input: plain });
  afterEach(() => vi.unstubAllEnvs());

  possible('is unpacked, and its beginning is looked into', () => {
    const noise = Buffer.from(Array.from({ length: 2_000_000 }, (_, at) => (at * 7919 + (at >> 8)) % 251));
    const long = packedBy(Buffer.concat([Buffer.from(text), noise]));

    expect(new TextDecoder().decode(unpacked(packedBy(text)))).toBe(text);
    expect(new TextDecoder().decode(unpackedHead(packedBy(text), 64))).toBe(text.slice(0, 64));
    expect(unpackedHead(long, 64 * 1024).length).toBeLessThanOrEqual(64 * 1024);
    expect(unpackedHead(packedBy(text).subarray(0, 12), 64).length).toBeLessThanOrEqual(64);
  });

  possible('is recognized by as much of it as unpacks to anything', () => {
    const noise = Array.from({ length: 300_000 }, (_, at) => `${(at * 7919) % 1_000_003} `).join('');
    const bytes = packedBy(`${text}${noise}`);

    expect(new TextDecoder().decode(unpackedHead(bytes.subarray(0, headBytesOf(bytes, 64 * 1024)), 64))).toBe(
      text.slice(0, 64),
    );
  });

  possible('takes no options from the surroundings', () => {
    vi.stubEnv('XZ_OPT', '--bogus');
    vi.stubEnv('BZIP2', '--bogus');
    const bytes = execFileSync(program, ['--stdout'], { input: text, env: { PATH: process.env['PATH'] } });

    expect(new TextDecoder().decode(unpacked(bytes))).toBe(text);
  });

  possible('is refused where it is cut off, or too large', () => {
    const half = packedBy(text);

    expect(faultOf(() => unpacked(half.subarray(0, half.length - 9)))).toBe(`damaged: the ${program} data is damaged`);
    expect(faultOf(() => unpacked(packedBy(new Uint8Array(5 * 1024 * 1024)), 1024 * 1024))).toBe(
      'too-large: the file unpacks to more than 1 MiB',
    );
    expect(unpacked(packedBy(new Uint8Array(1024)), 1024).length).toBe(1024);
  });

  it('is refused where the machine has no such program', () => {
    vi.stubEnv('PATH', '/nowhere');
    const beginning = program === 'xz' ? [0xfd, 0x37, 0x7a, 0x58, 0x5a, 0x00] : [0x42, 0x5a, 0x68, 0x39];

    expect(faultOf(() => unpacked(Uint8Array.from(beginning)))).toBe(
      `packed: the file is packed by ${program}, which this machine does not have`,
    );
    expect(unpackedHead(Uint8Array.from(beginning), 100)).toEqual(new Uint8Array());
  });
});

it('looks into the beginning of a zstd that goes on', () => {
  const noise = Buffer.from(Array.from({ length: 500_000 }, (_, at) => (at * 7919 + (at >> 8)) % 251));
  const head = zstdCompressSync(Buffer.concat([noise.subarray(0, 1), Buffer.from(text), noise])).subarray(0, 60_000);

  expect(unpackedHead(head, 60_000).length).toBeGreaterThan(100);
});

it.each([
  ['gzip', packed, false],
  ['zip', zipSync({ a: strToU8('a') }), true],
  ['an empty zip', zipSync({}), true],
  ['text', bytesOf('PK is not enough'), false],
  ['nothing', new Uint8Array(), false],
])('tells %s by content', (_, bytes, zip) => {
  expect(isZip(bytes)).toBe(zip);
});

function flipped(bytes: Uint8Array, at: number): Uint8Array {
  return bytes.map((byte, index) => (index === at ? byte ^ 0xff : byte));
}
