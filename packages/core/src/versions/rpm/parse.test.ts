import { describe, expect, it } from 'vitest';
import { rpmFault, rpmParts } from './parse.ts';

describe('rpmFault', () => {
  it.each([
    '0',
    '1.0',
    '1.0-1.el9',
    '1:1.18.8-1.module+el8.10.0+23026+aaa2e3cb.2',
    '013:5',
    '4294967295:1-1',
    'a:1',
    '1-2-3',
    '_',
    '+2-:1',
    '1.0^git1',
    '1.1.α',
    '9'.repeat(400),
    'a'.repeat(1_000),
  ])('takes %s', (version) => {
    expect(rpmFault(version)).toBeNull();
  });

  it.each([
    ['nothing', '', 'empty'],
    ['a space', '1.0 1', 'character'],
    ['a line feed at the end', '1.0\n', 'character'],
    ['a NUL', '1.0\u0000', 'character'],
    ['a space of another script', '1.0\u00a0', 'character'],
    ['an epoch that rpm printed as none', '(none):1.0-1', 'character'],
    ['an epoch that is empty', ':1', 'epoch'],
    ['an epoch beyond 32 bits', '4294967296:1', 'epoch'],
    ['an epoch beyond any number', `${'9'.repeat(400)}:1`, 'epoch'],
    ['nothing behind the epoch', '1:', 'version-missing'],
    ['no version', '-1', 'version-missing'],
    ['no version behind the epoch', '1:-1', 'version-missing'],
    ['no release behind the hyphen', '1.0-', 'revision-missing'],
    ['too many characters', 'a'.repeat(1_001), 'too-long'],
  ])('refuses %s', (_, version, fault) => {
    expect(rpmFault(version)).toBe(fault);
  });
});

describe('rpmParts', () => {
  it.each([
    ['1.0', { epochEnd: 0, versionStart: 0, versionEnd: 3, releaseStart: null }],
    ['2:1.0-3', { epochEnd: 1, versionStart: 2, versionEnd: 5, releaseStart: 6 }],
    ['a:1-2-3', { epochEnd: 0, versionStart: 0, versionEnd: 5, releaseStart: 6 }],
    [':1', { epochEnd: 0, versionStart: 1, versionEnd: 2, releaseStart: null }],
    ['1-', { epochEnd: 0, versionStart: 0, versionEnd: 1, releaseStart: 2 }],
    ['', { epochEnd: 0, versionStart: 0, versionEnd: 0, releaseStart: null }],
  ])('of %j', (evr, parts) => {
    expect(rpmParts(evr)).toEqual(parts);
  });
});
