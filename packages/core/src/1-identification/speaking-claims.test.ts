import { describe, expect, it } from 'vitest';
import type { Claim } from './claim.ts';
import type { Component } from './component.ts';
import { matchComponents } from './match.ts';
import { placesSpeakingOf } from './speaking-claims.ts';
import { claim, index } from './testing/samples.ts';

const python = (members: Partial<Component> = {}): Component => ({
  type: 'rpm',
  name: 'python3',
  version: '0:3.9.18-3.el9_4.5',
  architecture: 'x86_64',
  source: null,
  release: 'rhel:9',
  module: null,
  owner: null,
  ...members,
});
const said = (fixed: string | null, members: Partial<Claim> = {}): Claim => ({
  ...claim({ feed: 'csaf', scope: 'rhel:9', packageKind: 'binary', packageName: 'python3' }),
  ranges: fixed === null ? [] : [{ introduced: null, fixed, lastAffected: null }],
  ...members,
});

/** `affected`, `fixed` … as `match` would say it of the one component; none: nobody speaks of it. */
function statusOf(component: Component, ...claims: readonly Claim[]): string {
  const { findings, contested, cleared } = matchComponents([component], index(...claims));
  const match = [...findings, ...contested, ...cleared][0];
  return match === undefined ? 'none' : `${match.judgment.status} ${match.judgment.fixed ?? ''}`.trim();
}

describe('a minor release with updates of its own', () => {
  const main = said('0:3.9.19-8.el9');
  const extended = said('0:3.9.18-3.el9_4.5', { scope: 'rhel-eus:9.4', advisory: 'RHSA-EUS' });

  it.each([
    ['has what its own build fixed', python(), 'fixed 0:3.9.18-3.el9_4.5'],
    [
      'promises no fix to a host of the main line',
      python({ version: '0:3.9.18-3.el9_4.4' }),
      'affected 0:3.9.19-8.el9',
    ],
    [
      'says nothing of builds of other minor releases',
      python({ version: '0:3.9.18-9.el9_3' }),
      'affected 0:3.9.19-8.el9',
    ],
    [
      'promises its fix where the host is of it',
      python({ version: '0:3.9.18-3.el9_4.4', release: 'rhel-eus:9.4' }),
      'affected 0:3.9.18-3.el9_4.5',
    ],
  ])('%s', (_, component, expected) => {
    expect(statusOf(component, main, extended)).toBe(expected);
  });

  it('takes the main line where it says nothing itself', () => {
    expect(statusOf(python({ release: 'rhel-eus:9.4' }), main)).toBe('affected 0:3.9.19-8.el9');
  });
});

describe('an rpm', () => {
  const source = { name: 'python3.9', version: '3.9.18-3.el9_4.5' };
  const ofSource = (fixed: string | null) => said(fixed, { packageKind: 'source', packageName: 'python3.9' });

  it.each([
    ['is judged by its source', python({ source }), ofSource('0:3.9.18-3.el9_4.6'), 'affected 0:3.9.18-3.el9_4.6'],
    [
      'is not judged by the source of others',
      python({ source }),
      { ...ofSource('0:9-1'), packageName: 'python3' },
      'none',
    ],
    [
      'with versions of its own is not measured by its source',
      python({ source, version: '0:1.0-1.el9' }),
      ofSource('0:3.9-9'),
      'none',
    ],
    [
      'is affected where every version of its source is',
      python({ source, version: '0:1.0-1.el9' }),
      ofSource(null),
      'affected',
    ],
    [
      'of the architecture that is meant is affected',
      python(),
      said('0:4-1', { architectures: ['x86_64'] }),
      'affected 0:4-1',
    ],
    ['of another is not', python({ architecture: 's390x' }), said('0:4-1', { architectures: ['x86_64'] }), 'none'],
    [
      'whose architecture nobody knows may be meant',
      python({ architecture: null }),
      said('0:4-1', { architectures: ['x86_64'] }),
      'affected 0:4-1',
    ],
  ])('%s', (_, component, spoken, expected) => {
    expect(statusOf(component, spoken)).toBe(expected);
  });

  it('is judged once for each architecture', () => {
    const claims = index(said('0:4-1', { architectures: ['x86_64'] }));
    const { findings } = matchComponents([python({ architecture: 's390x' }), python()], claims);

    expect(findings.map(({ architecture }) => architecture)).toEqual(['x86_64']);
  });
});

describe('what comes to subscribers alone', () => {
  const netty = (version: string): Component => ({
    ...python({ type: 'deb', name: 'libnetty-java', version, architecture: 'all', release: 'ubuntu:20.04' }),
    source: { name: 'netty', version },
  });
  const ofRelease = (members: Partial<Claim> = {}) =>
    claim({ scope: 'ubuntu:20.04', packageName: 'netty', ...members });
  const fixedIn = (fixed: string | null) => ({ ranges: [{ introduced: null, fixed, lastAffected: null }] });
  const pro = ofRelease({ scope: 'ubuntu-pro:20.04', advisory: 'PRO', ...fixedIn('4.1-1ubuntu0.1~esm2') });

  it.each<[string, string, Claim[], string]>([
    ['is the fix where there is no other', '4.1-1', [pro], 'affected 4.1-1ubuntu0.1~esm2'],
    ['is it where the release leaves it open', '4.1-1', [pro, ofRelease()], 'affected 4.1-1ubuntu0.1~esm2'],
    [
      'is it where the release will not fix it',
      '4.1-1',
      [pro, ofRelease({ status: 'wont_fix' })],
      'affected 4.1-1ubuntu0.1~esm2',
    ],
    [
      'is not needed beside a fix for all',
      '4.1-1',
      [pro, ofRelease(fixedIn('4.1-1ubuntu0.3'))],
      'affected 4.1-1ubuntu0.3',
    ],
    [
      'is not needed beside a fix that is there',
      '4.1-1ubuntu0.3',
      [pro, ofRelease(fixedIn('4.1-1ubuntu0.3'))],
      'fixed 4.1-1ubuntu0.3',
    ],
    ['says nothing of what is not affected', '4.1-1', [pro, ofRelease({ status: 'not_affected' })], 'not_affected'],
    ['is there where its build is', '4.1-1ubuntu0.1~esm2', [pro, ofRelease()], 'fixed 4.1-1ubuntu0.1~esm2'],
    ['is wanted by an older build of it', '4.1-1ubuntu0.1~esm1', [pro, ofRelease()], 'affected 4.1-1ubuntu0.1~esm2'],
    ['is not in a later build for all that is left open', '4.1-1ubuntu0.2', [pro, ofRelease()], 'affected'],
    ['is open where subscribers have no fix either', '4.1-1', [{ ...pro, ...fixedIn(null) }], 'affected'],
    ['says nothing once it is withdrawn', '4.1-1', [{ ...pro, withdrawn: 1 }, ofRelease()], 'affected'],
    ['says nothing of another release', '4.1-1', [{ ...pro, scope: 'ubuntu-pro:22.04' }, ofRelease()], 'affected'],
  ])('%s', (_, version, claims, expected) => {
    expect(statusOf(netty(version), ...claims)).toBe(expected);
  });

  it.each([
    ['4.1-1', [pro], ['fix-needs-subscription']],
    ['4.1-1ubuntu0.1~esm1', [pro], []],
    ['4.1-1', [ofRelease(fixedIn('4.1-1ubuntu0.3'))], []],
    ['4.1-1', [{ ...pro, ...fixedIn(null) }], ['no-fix-available']],
  ])('is told of %s', (version, claims, expected) => {
    const { findings } = matchComponents([netty(version)], index(...claims));

    expect(findings.map(({ reasons }) => reasons.map(({ code }) => code))).toEqual([expected]);
  });
});

it.each([
  ['debian:12', 'curl', '1', undefined, ['debian:12 curl']],
  ['ubuntu:22.04', 'curl', '1', undefined, ['ubuntu:22.04 curl', 'ubuntu-pro:22.04 curl']],
  ['ubuntu:22.04', 'curl', '1+esm1', undefined, ['ubuntu:22.04 curl', 'ubuntu-pro:22.04 curl']],
  ['ubuntu-pro:22.04', 'curl', '1', undefined, ['ubuntu-pro:22.04 curl', 'ubuntu:22.04 curl']],
  ['almalinux:9', 'libcurl', '1-1.el9', 'curl', ['almalinux:9 libcurl', 'almalinux:9 curl']],
  [
    'rhel:9',
    'curl',
    '1-1.el9_4',
    'curl',
    ['rhel:9 curl', 'rhel-eus:9.4 curl', 'rhel-aus:9.4 curl', 'rhel-tus:9.4 curl', 'rhel-e4s:9.4 curl'],
  ],
])('claims that speak of %s %s %s stand in', (scope, source, sourceVersion, builtFrom, expected) => {
  const build =
    builtFrom === undefined ? {} : { build: { architecture: null, source: builtFrom, hasVersionOfSource: true } };

  const places = placesSpeakingOf({ scope, source, sourceVersion, ...build });

  expect(places.map((place) => `${place.scope} ${place.name}`)).toEqual(expected);
});
