import { strToU8, zipSync } from 'fflate';
import { describe, expect, it } from 'vitest';
import { faultOf } from '../testing/fault.ts';
import { type ZipLimits, zipEntries } from './zip.ts';

const LIMITS: ZipLimits = { entriesMax: 3, entryBytesMax: 1_000, totalBytesMax: 1_500 };

const read = (archive: Uint8Array, limits = LIMITS) =>
  [...zipEntries(archive, limits)].map(({ name, bytes }) => [name, new TextDecoder().decode(bytes)]);

const fault = (archive: Uint8Array, limits = LIMITS) => faultOf(() => read(archive, limits));

// Another implementation writes what ours reads.
const archive = zipSync({ 'a.json': strToU8('{"a":1}'), 'ä/b.json': [strToU8('x'.repeat(900)), { level: 0 }] });

describe('zipEntries', () => {
  it('reads packed and stored files, in the order of the directory', () => {
    expect(read(archive)).toEqual([
      ['a.json', '{"a":1}'],
      ['ä/b.json', 'x'.repeat(900)],
    ]);
  });

  it('reads an archive that stands behind other bytes of its buffer', () => {
    const buffer = new Uint8Array(archive.length + 8);
    buffer.set(archive, 8);

    expect(read(buffer.subarray(8)).length).toBe(2);
  });

  it('leaves out folders, and reads an archive of nothing', () => {
    expect(read(zipSync({ 'folder/': new Uint8Array(), 'folder/a': strToU8('') }))).toEqual([['folder/a', '']]);
    expect(read(zipSync({}))).toEqual([]);
  });

  it('finds the directory in front of a comment', () => {
    const commented = new Uint8Array(archive.length + 5);
    commented.set(archive);
    new DataView(commented.buffer).setUint16(archive.length - 2, 5, true);

    expect(read(commented).length).toBe(2);
  });

  it.each<[string, Uint8Array, string]>([
    ['too many files', zipSync({ a: strToU8(''), b: strToU8(''), c: strToU8(''), d: strToU8('') }), 'too-large'],
    ['a file that is too large', zipSync({ bomb: new Uint8Array(1_001) }), 'too-large'],
    ['files that are too large together', zipSync({ a: new Uint8Array(900), b: new Uint8Array(900) }), 'too-large'],
    ['a text that is no archive', strToU8('PK but not really'), 'damaged'],
    ['nothing', new Uint8Array(), 'damaged'],
  ])('refuses %s', (_, bytes, code) => {
    expect(fault(bytes)).toMatch(new RegExp(`^${code}: `));
  });

  it('refuses an archive that was cut off, wherever', () => {
    for (let length = 0; length < archive.length; length += 7) {
      expect(fault(archive.subarray(0, length))).toMatch(/^damaged: /);
    }
  });

  it('never answers wrongly when a byte is flipped', () => {
    const expected = read(archive).map(([, text]) => text);
    for (let at = 0; at < archive.length; at++) {
      const flipped = archive.slice();
      flipped[at] = (flipped[at] ?? 0) ^ 0x10;
      const outcome = outcomeOf(flipped);

      // Times, version fields and names are no content; every byte of content is under its checksum.
      if (outcome !== 'refused') expect(expected).toEqual(expect.arrayContaining(outcome));
    }
  });

  function outcomeOf(bytes: Uint8Array): (string | undefined)[] | 'refused' {
    let texts: (string | undefined)[] = [];
    const refused = faultOf(() => {
      texts = read(bytes).map(([, text]) => text);
    });
    return refused === 'none' ? texts : 'refused';
  }

  it('refuses an encrypted file and an unknown packing', () => {
    const entry = findEntry(archive);
    const encrypted = archive.slice();
    encrypted[entry + 8] = 1;
    const unknown = archive.slice();
    unknown[entry + 10] = 93;

    expect(fault(encrypted)).toBe('not-this-feed: a.json in the archive is encrypted');
    expect(fault(unknown)).toBe('not-this-feed: a.json is packed in an unknown way (93)');
  });
});

/** Where the first entry of the directory begins. */
function findEntry(bytes: Uint8Array): number {
  const view = new DataView(bytes.buffer, bytes.byteOffset);
  for (let at = 0; at < bytes.length - 4; at++) if (view.getUint32(at, true) === 0x02014b50) return at;
  throw new Error('the archive has no directory');
}
