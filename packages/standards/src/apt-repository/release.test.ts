import { describe, expect, it } from 'vitest';
import { parseRelease } from './release.ts';
import { IndexFault } from './release-fault.ts';

const HEX = 'a1'.repeat(32);
const OTHER = 'b2'.repeat(32);
const TEXT = `Origin: Debian
Label: Debian-Security
Suite: stable-security
Codename: bookworm-security
Date: Sat, 21 Nov 2026 00:53:02 UTC
Valid-Until: Sat, 28 Nov 2026 00:53:02 UTC
Acquire-By-Hash: yes
No-Support-for-Architecture-all: Packages
Architectures: all amd64
Description: Debian 12
 Security Updates
MD5Sum:
 d41d8cd98f00b204e9800998ecf8427e 0 main/weak
SHA256:
 ${HEX}  1234 main/binary-amd64/Packages
 ${OTHER}      7 main/binary-amd64/Packages.xz
`;

describe('a Release file', () => {
  it('says what the archive is and which files it has', () => {
    const release = parseRelease(TEXT);

    expect({ ...release, files: [...release.files] }).toEqual({
      publisher: 'Debian',
      label: 'Debian-Security',
      suite: 'stable-security',
      codename: 'bookworm-security',
      date: Date.UTC(2026, 10, 21, 0, 53, 2),
      validUntil: Date.UTC(2026, 10, 28, 0, 53, 2),
      acquireByHash: true,
      allApart: false,
      files: [
        ['main/binary-amd64/Packages', { sha256: `sha256:${HEX}`, sizeBytes: 1234 }],
        ['main/binary-amd64/Packages.xz', { sha256: `sha256:${OTHER}`, sizeBytes: 7 }],
      ],
    });
  });

  it('may say little', () => {
    expect(parseRelease(`Date: Sat, 21 Nov 2026 00:53:02 UTC\nSHA256:\n`)).toMatchObject({
      ...{ publisher: null, suite: null, validUntil: null, acquireByHash: false, allApart: false },
    });
  });

  it('has an index for `all` apart only where it says so', () => {
    const apart = TEXT.replace('No-Support-for-Architecture-all: Packages\n', '');

    expect(parseRelease(apart).allApart).toBe(true);
    expect(parseRelease(apart.replace('all amd64', 'amd64')).allApart).toBe(false);
  });

  it.each([
    ['no SHA-256', TEXT.replace('SHA256:', 'SHA512:'), 'lists no SHA-256'],
    ['no date', TEXT.replace(/^Date:.*\n/m, ''), '"" is no date'],
    ['an end that is no date', TEXT.replace('Valid-Until: Sat, 28', 'Valid-Until: 28'), 'is no date'],
    ['a field twice', `${TEXT}Suite: other\n`, 'the field suite appears twice'],
    ['another paragraph', `${TEXT}\nDate: Sat, 21 Nov 2026 00:53:02 UTC\n`, 'one paragraph'],
    ['nothing', '', 'one paragraph'],
    ['a short hash', TEXT.replace(HEX, HEX.slice(2)), 'no entry of SHA256'],
    ['an entry of two words', TEXT.replace('  1234 main', '  main'), 'no entry of SHA256'],
    ['two hashes for a file', `${TEXT} ${OTHER} 1234 main/binary-amd64/Packages\n`, 'with two hashes'],
    ['a line that is none', TEXT.replace('Label: D', 'Label D'), 'neither a field nor a continuation'],
    ['a continuation of nothing', ` x\n${TEXT}`, 'outside of a field'],
    ['a line without an end', `${TEXT}X: ${'x'.repeat(300_000)}`, 'longer than any real one'],
    [
      'files without an end',
      TEXT + Array.from({ length: 20_001 }, (_, number) => ` ${HEX} 1 ${number}\n`).join(''),
      'more than 20000 files',
    ],
  ])('with %s is refused', (_, text, problem) => {
    expect(() => parseRelease(text)).toThrow(IndexFault);
    expect(() => parseRelease(text)).toThrow(problem);
  });
});
