import { describe, expect, it } from 'vitest';
import { ALL_VERSION_ORDERS } from '../versions/index.ts';
import type { Claim } from './claim.ts';
import { judge } from './judge.ts';
import { claim } from './testing/samples.ts';

/** `17.3..17.3.5`: from the one up to the other, which fixes it; `..=2`: up to 2, which is the last. */
function rangeOf(text: string): Claim['ranges'][number] {
  const [introduced = '', end = ''] = text.split('..');
  const fixed = end.startsWith('=') || end === '' ? null : end;
  return { introduced: introduced || null, fixed, lastAffected: end.startsWith('=') ? end.slice(1) : null };
}

/** One claim for each text; ranges of one claim are apart by blanks. */
function claimsOf(product: string, texts: readonly string[]): Claim[] {
  return texts.map((text, at) => {
    const [status = 'affected', ...rest] = text.startsWith('fixed ')
      ? text.split(' ')
      : ['affected', ...text.split(' ')];
    return claim({
      ...{ scope: 'product', packageName: product, advisory: `A-${at + 1}`, packageKind: 'binary' },
      status: status === 'fixed' ? 'fixed' : 'affected',
      ranges: text === '*' ? [] : rest.map(rangeOf),
    });
  });
}

function verdict(product: string, version: string, ...texts: readonly string[]): string {
  const source = { scope: 'product', source: product, sourceVersion: version };
  const judgments = judge(source, claimsOf(product, texts), ALL_VERSION_ORDERS.loose);
  return judgments.map(({ status, fixed }) => `${status} ${fixed ?? '-'}`).join();
}

const XE = 'cisco/ios-xe';
const MAC = 'apple/macos';
const FORTI = 'fortinet/fortios';
const PAN = 'palo-alto-networks/pan-os';
const JUNOS = 'juniper/junos';

describe('a version is judged in its own branch', () => {
  it.each([
    // One claim with both branches, with and without where they begin.
    [XE, '17.3.4', ['17.3..17.3.4a 17.6..17.6.2'], 'affected 17.3.4a'],
    [XE, '17.3.4a', ['17.3..17.3.4a 17.6..17.6.2'], 'fixed 17.3.4a'],
    [XE, '17.6.1', ['17.3..17.3.4a 17.6..17.6.2'], 'affected 17.6.2'],
    [XE, '17.3.4a', ['..17.3.4a ..17.6.2'], 'fixed 17.3.4a'],
    [XE, '17.6.1', ['..17.3.4a ..17.6.2'], 'affected 17.6.2'],
    [XE, '17.4.1', ['..17.3.4a ..17.6.2'], 'affected 17.6.2'],
    [XE, '16.9.1', ['..17.3.4a ..17.6.2'], 'affected 17.3.4a'],
    // A fix in 17.3.4a says nothing of 17.6.1.
    [XE, '17.6.1', ['..17.3.4a'], 'under_investigation -'],
    [XE, '17.6.1', ['16.1..17.3.4a'], 'under_investigation -'],
    [XE, '17.6.1', ['..=17.3.4'], 'under_investigation -'],
    // What begins and ends in one branch names that branch, and no other.
    [XE, '17.6.1', ['17.3..17.3.4a'], 'not_affected -'],
    [XE, '17.3.4', ['..=17.3.3 ..17.6.2'], 'not_affected -'],
    [XE, '17', ['..17.3.4a'], 'affected 17.3.4a'],
    [XE, '18', ['..17.3.4a'], 'under_investigation -'],
    // Three branches of macOS, an advisory for each.
    [MAC, '12.7.4', ['..14.5', '..13.6.7', '..12.7.5'], 'affected 12.7.5'],
    [MAC, '12.7.5', ['..14.5', '..13.6.7', '..12.7.5'], 'fixed 12.7.5'],
    [MAC, '13.5', ['..14.5', '..13.6.7', '..12.7.5'], 'affected 13.6.7'],
    [MAC, '13.6.7', ['..14.5', '..13.6.7', '..12.7.5'], 'fixed 13.6.7'],
    [MAC, '14.4.1', ['..14.5', '..13.6.7', '..12.7.5'], 'affected 14.5'],
    [MAC, '14.5', ['..14.5', '..13.6.7', '..12.7.5'], 'fixed 14.5'],
    [MAC, '11.7', ['..14.5', '..13.6.7', '..12.7.5'], 'affected 12.7.5'],
    [MAC, '15.0', ['..14.5', '..13.6.7', '..12.7.5'], 'under_investigation -'],
    // FortiOS lists each branch.
    [FORTI, '7.2.6', ['7.4.0..7.4.3 7.2.0..7.2.7 7.0.0..=7.0.13'], 'affected 7.2.7'],
    [FORTI, '7.2.7', ['7.4.0..7.4.3 7.2.0..7.2.7 7.0.0..=7.0.13'], 'fixed 7.2.7'],
    [FORTI, '7.0.13 build0523', ['7.4.0..7.4.3 7.2.0..7.2.7 7.0.0..=7.0.13'], 'not_affected -'],
    [FORTI, '7.0.13', ['7.4.0..7.4.3 7.2.0..7.2.7 7.0.0..=7.0.13'], 'affected 7.2.7'],
    [FORTI, '7.6.0', ['7.4.0..7.4.3 7.2.0..7.2.7'], 'not_affected -'],
    // Hotfixes of PAN-OS speak of their release.
    [PAN, '10.2.4-h2', ['10.2.0..10.2.10 10.2.0..10.2.4-h16'], 'affected 10.2.4-h16'],
    [PAN, '10.2.4-h20', ['10.2.0..10.2.10 10.2.0..10.2.4-h16'], 'fixed 10.2.4-h16'],
    [PAN, '10.2.5', ['10.2.0..10.2.10 10.2.0..10.2.4-h16'], 'affected 10.2.10'],
    [PAN, '10.2.11', ['10.2.0..10.2.10 10.2.0..10.2.4-h16'], 'fixed 10.2.10'],
    [PAN, '10.2.5', ['10.2.4..10.2.4-h16'], 'under_investigation -'],
    // Service releases of Junos speak of their release.
    [JUNOS, '21.4R3-S4', ['21.4..21.4R3-S5 22.2..22.2R3'], 'affected 21.4R3-S5'],
    [JUNOS, '21.4R3-S5.4', ['21.4..21.4R3-S5 22.2..22.2R3'], 'fixed 21.4R3-S5'],
    [JUNOS, '22.2R2', ['..21.4R3-S5 22.2..22.2R3'], 'affected 22.2R3'],
    [JUNOS, '22.2R3', ['..21.4R3-S5 22.2..22.2R3'], 'fixed 22.2R3'],
    [JUNOS, '21.4R3', ['21.4..21.4R2-S3'], 'under_investigation -'],
    [JUNOS, '22.1R1', ['..21.4R3-S5 22.2..22.2R3'], 'under_investigation -'],
  ])('%s %s by %j is %s', (product, version, texts, expected) => {
    expect(verdict(product, version, ...texts)).toBe(expected);
  });
});

describe('beside a fix of its branch', () => {
  it.each([
    ['a later one in the same branch holds', ['17.3..17.3.5', '17.3..17.3.7'], 'affected 17.3.7'],
    ['one that begins behind the fix holds', ['17.3..17.3.5', '17.3.6..'], 'affected -'],
    ['every version was called affected before', ['*', '17.3..17.3.5'], 'fixed 17.3.5'],
  ])('%s', (_, texts, expected) => {
    expect(verdict(XE, '17.3.6', ...texts)).toBe(expected);
  });

  it('what is said of other branches is kept, as of another one', () => {
    const source = { scope: 'product', source: MAC, sourceVersion: '13.6.7' };
    const [judgment] = judge(source, claimsOf(MAC, ['..14.5', '..13.6.7', '..12.7.5']), ALL_VERSION_ORDERS.loose);

    expect(judgment?.losing.map((one) => `${one.claim.advisory} ${one.because}`)).toEqual([
      'A-1 of-another-build-line',
      'A-3 version-not-in-range',
    ]);
  });
});

describe('what a vendor calls fixed', () => {
  it.each([
    ['17.3.6', ['fixed 17.3.5..', '..17.3.5'], 'fixed -'],
    ['17.6.1', ['fixed 17.3.5..', '..17.3.5'], 'under_investigation -'],
    ['17.6.1', ['fixed 17.3.5..'], 'under_investigation -'],
    ['17.6.3', ['fixed 17.3.5.. 17.6.2..', '..17.3.5'], 'fixed -'],
  ])('is so in its branch: %s by %j', (version, texts, expected) => {
    expect(verdict(XE, version, ...texts)).toBe(expected);
  });
});

describe('a product of which no branches are known', () => {
  it.each([
    ['6.0', ['..5.5'], 'fixed 5.5'],
    ['5.4', ['..5.5'], 'affected 5.5'],
    // An advisory for each branch: the fix of the earlier one is none of the later one.
    ['3.0', ['..2.4', '..3.1'], 'affected 3.1'],
    ['3.1', ['..2.4', '..3.1'], 'fixed 2.4'],
    ['3.0', ['2.0..2.4 3.0..3.1'], 'affected 3.1'],
    ['2.5', ['*', '..2.4'], 'fixed 2.4'],
    ['1.0', ['2.0..2.4'], 'not_affected -'],
  ])('%s by %j is %s', (version, texts, expected) => {
    expect(verdict('acme/router', version, ...texts)).toBe(expected);
  });
});

it('says which branch it is of, and what is said of another', () => {
  const source = { scope: 'product', source: XE, sourceVersion: '17.6.1' };
  const [judgment] = judge(source, claimsOf(XE, ['..17.3.4a']), ALL_VERSION_ORDERS.loose);

  expect(judgment?.why).toBe(
    'cisco/ios-xe 17.6.1 is of the branch 17.6, and A-1 speaks of 17.3.4a for CVE-2026-0001: whether that holds here nobody says.',
  );
});
