import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { dataFile, TEST_DATA } from '../testing/data.ts';
import { bytesOf, faultOf } from '../testing/fault.ts';
import { parseKev } from './parse.ts';

type Json = Record<string, unknown>;

const entry = (members: Json = {}) => ({
  cveID: 'CVE-2026-8037',
  vulnerabilityName: 'Progress LoadMaster Command Injection Vulnerability',
  dateAdded: '2026-08-07',
  dueDate: '2026-08-10',
  knownRansomwareCampaignUse: 'Unknown',
  ...members,
});

const catalog = (vulnerabilities: unknown[], members: Json = {}) =>
  bytesOf(
    JSON.stringify({
      catalogVersion: '2026.08.07',
      dateReleased: '2026-08-07T16:45:47.0648Z',
      count: vulnerabilities.length,
      vulnerabilities,
      ...members,
    }),
  );

describe('parseKev', () => {
  it('reads the catalog', () => {
    expect(parseKev(gzipSync(catalog([entry()])))).toEqual({
      catalogVersion: '2026.08.07',
      dataAsOf: Date.UTC(2026, 7, 7, 16, 45, 47, 64),
      entries: [
        {
          vulnerability: 'CVE-2026-8037',
          name: 'Progress LoadMaster Command Injection Vulnerability',
          added: Date.UTC(2026, 7, 7),
          due: Date.UTC(2026, 7, 10),
          ransomware: false,
        },
      ],
      quarantined: [],
    });
  });

  it.each<[string, Json, Json]>([
    ['known in ransomware campaigns', { knownRansomwareCampaignUse: 'Known' }, { ransomware: true }],
    ['nothing said of ransomware', { knownRansomwareCampaignUse: undefined }, { ransomware: false }],
    ['no due date', { dueDate: undefined }, { due: null }],
  ])('%s', (_, members, expected) => {
    expect(parseKev(catalog([entry(members)])).entries[0]).toMatchObject(expected);
  });

  it.each<[string, unknown, string]>([
    ['no CVE id', entry({ cveID: 'GHSA-1' }), 'cveID: no CVE id'],
    ['an impossible day', entry({ dateAdded: '2026-02-30' }), 'CVE-2026-8037: dateAdded is no day: 2026-02-30'],
    ['an impossible due date', entry({ dueDate: 'soon' }), 'CVE-2026-8037: dueDate is no day: soon'],
    ['another word for ransomware', entry({ knownRansomwareCampaignUse: 'Maybe' }), 'knownRansomwareCampaignUse: '],
    ['no object', 7, ': '],
  ])('quarantines an entry with %s, and the others stay', (_, bad, problem) => {
    const { entries, quarantined } = parseKev(catalog([entry({ cveID: 'CVE-2026-0001' }), bad]));

    expect(entries.map(({ vulnerability }) => vulnerability)).toEqual(['CVE-2026-0001']);
    expect(quarantined).toEqual([{ record: 'entry 2', problem: expect.stringContaining(problem) }]);
  });

  it('takes an entry once', () => {
    const { entries, quarantined } = parseKev(catalog([entry(), entry({ dueDate: '2030-01-01' })]));

    expect(entries.map(({ due }) => due)).toEqual([Date.UTC(2026, 7, 10)]);
    expect(quarantined).toEqual([{ record: 'CVE-2026-8037', problem: 'the catalog holds it twice' }]);
  });

  it.each<[string, Uint8Array, string]>([
    ['empty', new Uint8Array(), 'empty: the file is empty'],
    ['cut off', catalog([entry()]).subarray(0, 100), 'not-json: the file is not JSON'],
    [
      'without some of its entries',
      catalog([entry()], { count: 2 }),
      'incomplete: the catalog announces 2 entries but holds 1',
    ],
    [
      'another document',
      bytesOf('{"id": "DSA-1-1"}'),
      'not-this-feed: the file is not the catalog of known exploited vulnerabilities',
    ],
    ['an array', bytesOf('[]'), 'not-this-feed: the file is not the catalog of known exploited vulnerabilities'],
  ])('refuses a catalog that is %s', (_, bytes, fault) => {
    expect(faultOf(() => parseKev(bytes))).toBe(fault);
  });

  it.skipIf(TEST_DATA === null)('reads the real catalog without loss', () => {
    const kev = parseKev(dataFile('kev/known_exploited_vulnerabilities.json.gz'));

    expect(kev).toMatchObject({ catalogVersion: '2026.08.07', quarantined: [] });
    expect(kev.entries.length).toBe(1_662);
    expect(kev.entries.filter(({ ransomware }) => ransomware).length).toBe(338);
  });
});
