import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { PackagesReader } from './packages.ts';
import { IndexFault } from './release-fault.ts';

const HEX = 'a1'.repeat(32);

function stanza(fields: Record<string, string | undefined> = {}): string {
  const all = {
    Package: 'acme-web',
    Version: '1.1',
    Architecture: 'amd64',
    Filename: 'pool/main/a/acme_1.1+b1~x_amd64.deb',
    Size: '1234',
    SHA256: HEX,
    Description: 'a web\n server\n .\n é',
    ...fields,
  };
  return Object.entries(all)
    .filter(([, value]) => value !== undefined)
    .map(([name, value]) => `${name}: ${value}\n`)
    .join('');
}

function read(text: string, names: readonly string[] = ['acme-web'], pieces = [text.length]) {
  const reader = new PackagesReader(new Set(names));
  const bytes = Buffer.from(text);
  let start = 0;
  for (const length of [...pieces, bytes.length]) {
    reader.push(bytes.subarray(start, start + length));
    start += length;
  }
  return reader.end();
}

const LISTED = {
  name: 'acme-web',
  version: '1.1',
  architecture: 'amd64',
  sha256: `sha256:${HEX}`,
  sizeBytes: 1234,
  path: 'pool/main/a/acme_1.1+b1~x_amd64.deb',
};

describe('a package index', () => {
  it('gives the wanted packages, each version of them', () => {
    const text = [stanza(), stanza({ Package: 'other' }), stanza({ Version: '1.0', Architecture: 'all' })].join('\n');

    expect(read(text)).toEqual({ packages: [LISTED, { ...LISTED, version: '1.0', architecture: 'all' }], count: 3 });
  });

  it('keeps both where one version stands for two files: whoever judges must see it', () => {
    const twice = `${stanza()}\n${stanza({ SHA256: 'b2'.repeat(32) })}`;

    expect(read(twice).packages.map(({ sha256 }) => sha256)).toEqual([LISTED.sha256, `sha256:${'b2'.repeat(32)}`]);
  });

  it('may be empty', () => {
    expect(read('')).toEqual({ packages: [], count: 0 });
  });

  it('reads the same in whatever pieces it comes', () => {
    const text = `${stanza()}\n\n${stanza({ Package: 'other' })}\n${stanza({ Version: '2:2.0' })}`;
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 40 }), { maxLength: 30 }), (pieces) => {
        expect(read(text, ['acme-web'], pieces)).toEqual(read(text));
      }),
    );
  });

  it.each([
    ['no name', { Package: undefined }, 'names no package'],
    ['no version', { Version: undefined }, 'no version or no architecture'],
    ['no architecture', { Architecture: undefined }, 'no version or no architecture'],
    ['a weak hash alone', { SHA256: undefined, SHA1: 'a1'.repeat(20) }, 'no SHA-256'],
    ['a short hash', { SHA256: 'a1' }, 'no SHA-256'],
    ['no size', { Size: undefined }, 'no size'],
    ['a size that is none', { Size: '-1' }, 'no size'],
    ['a way out', { Filename: 'pool/../../etc/passwd' }, 'outside of the repository'],
    ['an absolute path', { Filename: '/etc/passwd' }, 'outside of the repository'],
    ['another address', { Filename: 'http://evil.example.org/x' }, 'outside of the repository'],
    ['a path with a query', { Filename: 'pool/x?y' }, 'outside of the repository'],
    ['a path with a space', { Filename: 'pool/x y' }, 'outside of the repository'],
    ['no path', { Filename: undefined }, 'outside of the repository'],
  ])('with an entry that has %s is refused, wanted or not', (_, fields, problem) => {
    expect(() => read(stanza(fields), ['another'])).toThrow(IndexFault);
    expect(() => read(stanza(fields))).toThrow(problem);
  });

  it('of endless lines is refused before it fills the memory', () => {
    const reader = new PackagesReader(new Set());
    const piece = Buffer.alloc(64 * 1024, 'x');

    expect(() => {
      for (let pieces = 0; pieces < 100; pieces += 1) reader.push(piece);
    }).toThrow('longer than any real one');
  });

  it('of endless versions of one package is refused', () => {
    const many = Array.from({ length: 50_001 }, (_, version) =>
      stanza({ Version: String(version), Description: undefined }),
    );

    expect(() => read(many.join('\n'))).toThrow('too many versions');
  });
});
