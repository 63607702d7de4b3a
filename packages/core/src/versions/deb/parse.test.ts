import { describe, expect, it } from 'vitest';
import { debFault, epochEnd, upstreamEnd } from './parse.ts';

describe('debFault', () => {
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
    expect(debFault(version)).toBeNull();
  });

  it.each([
    ['nothing', '', 'empty'],
    ['a space', '1.0 1', 'character'],
    ['a space at the end', '1.0 ', 'character'],
    ['a line feed at the end', '1.0\n', 'character'],
    ['a letter outside ASCII', '1.0é', 'character'],
    ['a NUL', '1.0\u0000', 'character'],
    ['an underscore', '1_0', 'character'],
    ['a caret', '1.0^git1', 'character'],
    ['a tag of the tracker', '<unfixed>', 'character'],
    ['an epoch that is empty', ':1', 'epoch'],
    ['an epoch that is not a number', 'a:1', 'epoch'],
    ['an epoch with a sign', '-1:1', 'epoch'],
    ['an epoch beyond an int', '2147483648:1', 'epoch'],
    ['an epoch beyond any number', `${'9'.repeat(400)}:1`, 'epoch'],
    ['nothing behind the epoch', '1:', 'version-missing'],
    ['no upstream', '-1', 'version-missing'],
    ['no upstream behind the epoch', '1:-1', 'version-missing'],
    ['no revision behind the hyphen', '1.0-', 'revision-missing'],
    ['a colon in the revision', '1:1.0-1:1', 'character'],
    ['an underscore in the revision', '1.0-1_1', 'character'],
    ['too many characters', 'a'.repeat(1_001), 'too-long'],
  ])('refuses %s', (_, version, fault) => {
    expect(debFault(version)).toBe(fault);
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
