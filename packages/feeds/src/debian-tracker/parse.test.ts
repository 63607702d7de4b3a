import { describe, expect, it } from 'vitest';
import { dataFile, TEST_DATA } from '../testing/data.ts';
import { bytesOf, faultOf } from '../testing/fault.ts';
import { parseDebianTracker } from './parse.ts';

const parse = (value: unknown) => parseDebianTracker(bytesOf(JSON.stringify(value)));
const curl = (release: unknown, codename = 'bookworm') => ({
  curl: { 'CVE-2026-0001': { scope: 'remote', releases: { [codename]: release } } },
});

describe('the tracker', () => {
  it.each<[string, Record<string, unknown>, string, string | null]>([
    ['resolved', { status: 'resolved', fixed_version: '7.88.1-11', urgency: 'low' }, 'affected', '7.88.1-11'],
    ['never affected', { status: 'resolved', fixed_version: '0', urgency: 'unimportant' }, 'not_affected', null],
    ['open', { status: 'open', urgency: 'not yet assigned' }, 'affected', null],
    ['open and minor', { status: 'open', urgency: 'low', nodsa: 'Minor issue' }, 'deferred', null],
    ['put off', { status: 'open', nodsa: 'Minor issue', nodsa_reason: 'postponed' }, 'deferred', null],
    ['open and minor, of no more words', { status: 'open', nodsa: 'Minor issue', nodsa_reason: '' }, 'deferred', null],
    ['never to be fixed', { status: 'open', nodsa: 'Too intrusive', nodsa_reason: 'ignored' }, 'wont_fix', null],
    [
      'fixed though it was ignored',
      { status: 'resolved', fixed_version: '1-1', nodsa_reason: 'ignored' },
      'affected',
      '1-1',
    ],
    ['open and no security issue', { status: 'open', urgency: 'unimportant' }, 'not_affected', null],
    ['no longer supported', { status: 'open', urgency: 'end-of-life' }, 'end_of_life', null],
    ['undetermined', { status: 'undetermined', urgency: 'not yet assigned' }, 'under_investigation', null],
  ])('%s', (_, release, status, fixed) => {
    const [claim, ...more] = parse(curl(release)).claims;

    expect(claim).toMatchObject({
      authority: 'vendor-status',
      scope: 'debian:12',
      packageName: 'curl',
      vulnerability: 'CVE-2026-0001',
      status,
    });
    expect(claim?.ranges[0]?.fixed ?? null).toBe(fixed);
    expect(more).toEqual([]);
  });

  it('quarantines what it cannot use, and passes over releases without a number', () => {
    const { claims, quarantined } = parse({
      ...curl({ status: 'open' }),
      a: { 'CVE-1': { releases: { bookworm: { status: 'resolved' }, sid: { status: 'open' } } } },
      b: { 'CVE-2': { releases: { bookworm: { status: 'resolved', fixed_version: 'a b' } } } },
      c: { 'CVE-3': { releases: { bookworm: { status: 'perhaps' } } } },
      d: { 'CVE-4': 7 },
      e: null,
    });

    expect(claims.length).toBe(1);
    expect(quarantined).toEqual([
      { record: 'a CVE-1 bookworm', problem: 'it is resolved in no version' },
      { record: 'b CVE-2 bookworm', problem: 'a b is no version' },
      { record: 'c CVE-3 bookworm', problem: 'perhaps is no status' },
      { record: 'd CVE-4', problem: 'it holds no status per release' },
      { record: 'e', problem: 'it holds no vulnerabilities' },
    ]);
  });

  it.each([
    ['a list', '[]', 'not-this-feed: the file is not the JSON of the tracker'],
    [
      'nothing but sid',
      JSON.stringify(curl({ status: 'open' }, 'sid')),
      'not-this-feed: the file holds no status of any vulnerability',
    ],
    ['a text that was cut off', '{"curl":', 'not-json: the file is not JSON'],
  ])('refuses %s', (_, text, fault) => {
    expect(faultOf(() => parseDebianTracker(bytesOf(text)))).toBe(fault);
  });

  it.skipIf(TEST_DATA === null)('reads real statuses', () => {
    const { claims, quarantined } = parseDebianTracker(dataFile('debian/tracker-shaped.json.gz'));

    expect(quarantined).toEqual([]);
    expect(new Set(claims.map(({ packageName }) => packageName)).size).toBe(652);
    expect(claims.filter(({ ranges }) => ranges.length === 0).length).toBeGreaterThan(100);
  });
});
