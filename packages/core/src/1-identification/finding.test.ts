import { describe, expect, it } from 'vitest';
import type { InstalledPackage, PackageSet } from '../vocabulary/index.ts';
import type { Claim } from './claim.ts';
import { identify } from './identify.ts';
import { claim, index, installed, packageSet } from './testing/samples.ts';

const fix = claim({ fixed: '7.88.1-11' });

function identified(
  packages: readonly InstalledPackage[],
  claims: readonly Claim[] = [fix],
  set: Partial<PackageSet> = {},
) {
  const answer = identify(packageSet(packages, set), index(...claims));
  if (answer.kind === 'not-judged') throw new Error('the test expects a judged set');
  return answer;
}

const reasonsOf = ({ findings }: { findings: readonly { reasons: readonly { code: string }[] }[] }) =>
  findings.flatMap(({ reasons }) => reasons.map(({ code }) => code));

it('makes one finding per binary package and vulnerability, by source and source version', () => {
  // The binary's own version is above the fix (an epoch of its own): the version of its source is what counts.
  const binaries = [
    installed({ name: 'libcurl4', version: '2:8.0', sourceVersion: '7.88.1-10' }),
    installed({ name: 'curl', version: '7.88.1-10+b1', sourceVersion: '7.88.1-10' }),
    installed({ name: 'wget', source: 'wget', version: '1.0' }),
  ];
  const second = claim({ fixed: '7.88.1-12', vulnerability: 'CVE-2026-0002', advisory: 'DLA-9-1' });

  const { findings, sources, unjudged } = identified(binaries, [second, fix]);

  expect(findings.map((finding) => `${finding.package} ${finding.vulnerability}`)).toEqual([
    'curl CVE-2026-0001',
    'curl CVE-2026-0002',
    'libcurl4 CVE-2026-0001',
    'libcurl4 CVE-2026-0002',
  ]);
  expect(findings[3]).toMatchObject({
    architecture: 'amd64',
    installed: '2:8.0',
    source: 'curl',
    sourceVersion: '7.88.1-10',
    advisory: 'DLA-9-1',
    feed: 'debian-osv',
    status: 'affected',
    fixed: '7.88.1-12',
    offered: null,
    reasons: [],
    why: 'curl 7.88.1-10 is below 7.88.1-12, in which DLA-9-1 fixes CVE-2026-0002.',
  });
  expect({ sources, unjudged }).toEqual({ sources: 2, unjudged: [] });
});

it('a package of the same name as a source is not judged by it when it comes from another', () => {
  expect(identified([installed({ name: 'curl', source: 'not-curl' })]).findings).toEqual([]);
});

it('claims of another release say nothing', () => {
  const elsewhere = claim({ fixed: '9', scope: 'debian:13' });

  expect(identified([installed()], [elsewhere, claim({ packageName: 'wget', fixed: '9' })]).findings).toEqual([]);
});

describe('states and reasons', () => {
  it.each([
    ['a whole package', {}, []],
    ['a half installed package counts', { state: 'broken' as const }, ['package-broken']],
    ['a held package is not fixed by being held', { hold: true }, ['fix-held']],
    ['a pinned package says by which pin', { hold: true, pin: 'Pin: version 1' }, ['fix-pinned']],
    ['both', { state: 'broken' as const, hold: true }, ['fix-held', 'package-broken']],
  ])('%s', (_, members, codes) => {
    expect(reasonsOf(identified([installed(members)]))).toEqual(codes);
  });

  it('says when there is no fix', () => {
    const open = claim({ ranges: [{ introduced: null, fixed: null, lastAffected: null }] });

    expect(reasonsOf(identified([installed()], [open]))).toEqual(['no-fix-available']);
  });
});

describe('what is not judged', () => {
  const publishers = [
    { origin: 'ours', publisher: 'Debian' },
    { origin: 'theirs', publisher: 'Docker' },
  ];

  it.each([
    ['theirs alone', ['theirs'], ['third-party-origin'], 0],
    ['ours and theirs', ['ours', 'theirs'], [], 1],
    ['nobody’s any more', [], [], 1],
    ['not known', null, [], 1],
  ])('a package that is %s', (_, origins, codes, findings) => {
    const answer = identified([installed({ origins })], [fix], { publishers });

    expect(answer.unjudged.map(({ reason }) => reason.code)).toEqual(codes);
    expect(answer.findings.length).toBe(findings);
  });

  it('a version that cannot be is not compared', () => {
    const answer = identified([installed({ sourceVersion: '7_88' }), installed({ name: 'libcurl4' })]);

    expect(answer.unjudged).toMatchObject([{ package: { name: 'curl' }, reason: { code: 'version-impossible' } }]);
    expect(answer.findings.map((finding) => finding.package)).toEqual(['libcurl4']);
  });
});

it('shows a contested fix beside the findings, not among them', () => {
  const repair = claim({ advisory: 'DSA-1-2', fixed: '7.88.1-12' });

  const { findings, contested } = identified([installed({ version: '7.88.1-11' })], [fix, repair]);

  expect(findings).toEqual([]);
  expect(contested).toMatchObject([
    { package: 'curl', advisory: 'DSA-1-1', status: 'fixed', reasons: [{ code: 'fix-contested' }] },
  ]);
});

it('judges a signed kernel by the source that it signs', () => {
  const kernel = installed({
    name: 'linux-image-6.1.0-40-amd64',
    version: '6.1.153-1',
    source: 'linux-signed-amd64',
    sourceVersion: '6.1.153+1',
  });

  const { findings } = identified([kernel], [claim({ packageName: 'linux', fixed: '6.1.158-1' })]);

  expect(findings).toMatchObject([{ package: kernel.name, source: 'linux', sourceVersion: '6.1.153-1' }]);
});
