import type { FindingBody } from '@patchsteward/contract';
import { describe, expect, it } from 'vitest';
import { fakeFindings } from '../platform/testing/fake-findings.ts';
import { findingKey, groupFindings, pairsOf, rowKey, rowsOf, vulnerabilitiesOf } from './finding-groups.ts';

const [template] = fakeFindings(1, 1);

function finding(change: Partial<FindingBody>): FindingBody {
  if (template === undefined) throw new Error('the fake gives no finding');
  return { ...template, ...change };
}

function binaries(...names: string[]): FindingBody['packages'] {
  return names.map((name) => ({ name, architecture: 'amd64', version: '1', hold: false }));
}

const CURL = finding({
  vulnerability: 'CVE-1',
  source: 'curl',
  sourceVersion: '7',
  packages: binaries('curl', 'libcurl4'),
});
const OLD_KERNEL = finding({
  vulnerability: 'CVE-2',
  source: 'linux',
  sourceVersion: '6.1.140-1',
  fixed: '6.1.158-1',
  packages: binaries('linux-image-37'),
});
const NEW_KERNEL = {
  ...OLD_KERNEL,
  sourceVersion: '6.1.153-1',
  packages: binaries('linux-image-40', 'linux-headers-40'),
};
const CURL_LATER = { ...CURL, vulnerability: 'CVE-3', fixed: null, fixOffered: [] };

describe('groupFindings', () => {
  it('stands in the order of the most urgent finding of each source', () => {
    const groups = groupFindings([CURL, OLD_KERNEL, CURL_LATER]);

    expect(groups.map(({ source }) => source)).toEqual(['curl', 'linux']);
    expect(groups[0]?.findings).toEqual([CURL, CURL_LATER]);
  });

  it('is one line for several installed kernels, and counts the vulnerability once', () => {
    const [group] = groupFindings([OLD_KERNEL, NEW_KERNEL]);

    expect(group).toMatchObject({
      source: 'linux',
      installed: ['6.1.140-1', '6.1.153-1'],
      binaries: ['linux-image-37', 'linux-image-40', 'linux-headers-40'],
      fixed: ['6.1.158-1'],
      vulnerabilities: 1,
    });
  });

  it('counts what has no fix, what is exploited, and the severities', () => {
    const quiet = { ...CURL.intelligence, severity: 'low', knownExploited: null } as const;
    const [group] = groupFindings([CURL, { ...CURL_LATER, intelligence: quiet }]);

    expect(group).toMatchObject({ withoutFix: 1, knownExploited: 1 });
    expect([...(group?.severities ?? [])]).toEqual([
      ['critical', 1],
      ['low', 1],
    ]);
  });

  it('counts a vulnerability once that arrives in several source packages', () => {
    const elsewhere = { ...CURL, source: 'rust-curl' };

    expect(vulnerabilitiesOf([CURL, elsewhere])).toBe(1);
  });

  it('is empty without findings', () => {
    expect(groupFindings([])).toEqual([]);
  });
});

describe('rows', () => {
  it('shows findings below open groups alone', () => {
    const groups = groupFindings([CURL, OLD_KERNEL, CURL_LATER]);

    const rows = rowsOf(groups, ({ source }) => source === 'curl');

    expect(rows.map(rowKey)).toEqual(['curl', 'CVE-1@curl@7', 'CVE-3@curl@7', 'linux']);
  });

  it('names the same vulnerability in two versions differently', () => {
    expect(findingKey(OLD_KERNEL)).not.toBe(findingKey(NEW_KERNEL));
  });

  it('counts one for each vulnerability and installed package', () => {
    expect(pairsOf([CURL, OLD_KERNEL, NEW_KERNEL])).toBe(5);
  });
});
