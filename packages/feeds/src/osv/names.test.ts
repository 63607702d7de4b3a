import { describe, expect, it } from 'vitest';
import { authorityOf, vulnerabilitiesOf } from './names.ts';

const record = (id: string, members: { aliases?: string[]; upstream?: string[]; related?: string[] } = {}) => ({
  id,
  modified: '2026-07-01T00:00:00Z',
  ...members,
});

describe('a record speaks', () => {
  it.each([
    ['UBUNTU-CVE-2021-3782', 'vendor-status'],
    ['USN-5614-1', 'vendor-advisory'],
    ['ALSA-2026:1', 'vendor-advisory'],
    ['RLSA-2026:1', 'vendor-advisory'],
    ['RHSA-2026:1', 'vendor-advisory'],
    ['RHBA-2026:1', 'vendor-advisory'],
    ['SUSE-SU-2026:1-1', 'vendor-advisory'],
    ['openSUSE-SU-2026:1-1', 'vendor-advisory'],
    ['MGASA-2026-0001', 'vendor-advisory'],
    ['GHSA-aaaa-bbbb-cccc', 'aggregator'],
    ['PYSEC-2021-335', 'aggregator'],
  ])('%s as %s', (id, authority) => {
    expect(authorityOf(record(id))).toBe(authority);
  });
});

describe('a record is about', () => {
  it.each<[string, Parameters<typeof record>, string[]]>([
    ['the vulnerability that it renames', ['UBUNTU-CVE-2021-3782', { upstream: ['CVE-1999-0001'] }], ['CVE-2021-3782']],
    ['what it bundles', ['USN-1-1', { upstream: ['UBUNTU-CVE-2021-3782'] }], ['CVE-2021-3782']],
    [
      'what it names as related',
      ['ALSA-2026:1', { related: ['CVE-2026-0002', 'CVE-2026-0001'] }],
      ['CVE-2026-0001', 'CVE-2026-0002'],
    ],
    ['its other name', ['GHSA-aaaa-bbbb-cccc', { aliases: ['CVE-2026-0001', 'PYSEC-2026-1'] }], ['CVE-2026-0001']],
    ['no relative of somebody else', ['GHSA-aaaa-bbbb-cccc', { related: ['CVE-2026-0001'] }], ['GHSA-aaaa-bbbb-cccc']],
    ['the name that GitHub gave it', ['PYSEC-2026-1', { aliases: ['GHSA-aaaa-bbbb-cccc'] }], ['GHSA-aaaa-bbbb-cccc']],
    ['itself, though it and another are aliases of each other', ['A-1', { aliases: ['B-1', 'A-1'] }], ['A-1']],
  ])('%s', (_, given, names) => {
    expect(vulnerabilitiesOf(record(...given))).toEqual(names);
  });
});
