import { describe, expect, it } from 'vitest';
import { epochEnd, isValidDebVersion, upstreamEnd } from './parse.ts';

describe('isValidDebVersion', () => {
  it.each([
    '0',
    '1.0',
    '1.0-1',
    '2:1.0.3+dfsg~rc1-5+deb12u1',
    '1.0-2-3',
    '1:2:3',
    '00:1',
    '2147483647:1',
    '7.2.0+really7.1-2',
    '~',
    'kernel-image-2.4.17-ia64',
    '9'.repeat(400),
    'a'.repeat(1_000),
  ])('takes %s', (version) => {
    expect(isValidDebVersion(version)).toBe(true);
  });

  it.each([
    ['nothing', ''],
    ['a space', '1.0 1'],
    ['a space at the end', '1.0 '],
    ['a line feed at the end', '1.0\n'],
    ['a letter outside ASCII', '1.0é'],
    ['a NUL', '1.0\u0000'],
    ['an underscore', '1_0'],
    ['a caret', '1.0^git1'],
    ['a tag of the tracker', '<unfixed>'],
    ['an epoch that is empty', ':1'],
    ['an epoch that is not a number', 'a:1'],
    ['an epoch with a sign', '-1:1'],
    ['an epoch beyond an int', '2147483648:1'],
    ['an epoch beyond any number', `${'9'.repeat(400)}:1`],
    ['nothing behind the epoch', '1:'],
    ['no upstream', '-1'],
    ['no upstream behind the epoch', '1:-1'],
    ['no revision behind the hyphen', '1.0-'],
    ['a colon in the revision', '1:1.0-1:1'],
    ['an underscore in the revision', '1.0-1_1'],
    ['too many characters', 'a'.repeat(1_001)],
  ])('refuses %s', (_, version) => {
    expect(isValidDebVersion(version)).toBe(false);
  });
});

describe('the parts of a version', () => {
  it.each([
    ['1.0', 0, 3],
    ['1:1.0-2', 1, 5],
    ['12:1.0-2-3', 2, 8],
    [':1', 0, 2],
    ['1', 0, 1],
    ['', 0, 0],
  ])('of %j: epoch ends at %i, upstream at %i', (version, epoch, upstream) => {
    expect(epochEnd(version)).toBe(epoch);
    expect(upstreamEnd(version, epoch === 0 ? 0 : epoch + 1)).toBe(upstream);
  });
});
