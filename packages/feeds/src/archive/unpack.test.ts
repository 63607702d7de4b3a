import { gzipSync } from 'node:zlib';
import { strToU8, zipSync } from 'fflate';
import { describe, expect, it } from 'vitest';
import { bytesOf, faultOf } from '../testing/fault.ts';
import { isGzip, isZip, unpacked, unpackedHead } from './unpack.ts';

const text = 'a line of a feed\n'.repeat(10_000);
const packed = gzipSync(text);

describe('unpacked', () => {
  it.each([
    ['plain bytes as they are', bytesOf(text)],
    ['gzip, whatever its name', packed],
  ])('gives %s', (_, bytes) => {
    expect(new TextDecoder().decode(unpacked(bytes))).toBe(text);
  });

  it.each<[string, Uint8Array, string]>([
    ['an empty file', new Uint8Array(), 'empty: the file is empty'],
    ['a gzip of nothing', gzipSync(''), 'empty: the file is empty'],
    ['a cut off gzip', packed.subarray(0, packed.length - 9), 'damaged: the gzip data is damaged'],
    ['a gzip with a flipped byte', flipped(packed, 40), 'damaged: the gzip data is damaged'],
    ['a gzip bomb', gzipSync(new Uint8Array(5 * 1024 * 1024)), 'too-large: the file unpacks to more than 1 MiB'],
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

it.each([
  ['gzip', packed, true, false],
  ['zip', zipSync({ a: strToU8('a') }), false, true],
  ['an empty zip', zipSync({}), false, true],
  ['text', bytesOf('PK is not enough'), false, false],
  ['nothing', new Uint8Array(), false, false],
])('tells %s by content', (_, bytes, gzip, zip) => {
  expect({ gzip: isGzip(bytes), zip: isZip(bytes) }).toEqual({ gzip, zip });
});

function flipped(bytes: Uint8Array, at: number): Uint8Array {
  return bytes.map((byte, index) => (index === at ? byte ^ 0xff : byte));
}
