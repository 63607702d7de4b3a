import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Claim } from './claim.ts';
import type { Component } from './component.ts';
import { matchComponents } from './match.ts';
import { claim, index } from './testing/samples.ts';

function component(members: Partial<Component> = {}): Component {
  return {
    type: 'deb',
    name: 'curl',
    version: '7.88.1-10',
    architecture: 'amd64',
    source: null,
    release: 'debian:12',
    module: null,
    owner: null,
    ...members,
  };
}

const rpm = (members: Partial<Component> = {}) =>
  component({ type: 'rpm', release: 'almalinux:8', name: 'npm', version: '1:10.5.0-1.el8', ...members });
const almalinux = (members: Parameters<typeof claim>[0] = {}) =>
  claim({ feed: 'osv-almalinux', scope: 'almalinux:8', packageKind: 'binary', packageName: 'npm', ...members });

describe('what is judged', () => {
  it.each<[string, Component, Claim, string | null]>([
    [
      'a deb by its source',
      component({ name: 'libcurl4', source: { name: 'curl', version: '7.88.1-10' } }),
      claim({ fixed: '7.88.1-11' }),
      'affected',
    ],
    ['a deb without one by itself', component(), claim({ fixed: '7.88.1-11' }), 'affected'],
    [
      'boot code by what it signs',
      component({
        name: 'linux-image-6.1.0-40-amd64',
        version: '6.1.1-1',
        source: { name: 'linux-signed-amd64', version: '6.1.1+1' },
      }),
      claim({ packageName: 'linux', fixed: '6.1.2-1' }),
      'affected',
    ],
    ['another source, not', component({ source: { name: 'wget', version: '1' } }), claim({ fixed: '9' }), null],
    [
      'an apk by its origin',
      component({
        type: 'apk',
        name: 'libssl3',
        version: '3.1.4-r0',
        release: 'alpine:3.19',
        source: { name: 'openssl', version: '3.1.4-r0' },
      }),
      claim({ scope: 'alpine:3.19', packageName: 'openssl', fixed: '3.1.4-r1' }),
      'affected',
    ],
    ['an rpm by its name', rpm(), almalinux({ fixed: '1:10.5.0-2.el8' }), 'affected'],
    ['an rpm with its epoch', rpm({ version: '2:1.0-1.el8' }), almalinux({ fixed: '1:10.5.0-2.el8' }), 'fixed'],
    [
      'an rpm in its module',
      rpm({ module: 'nodejs:18', version: '1:9-1.module_el8' }),
      almalinux({ packageName: 'nodejs:18::npm', fixed: '1:10-1.module_el8' }),
      'affected',
    ],
    [
      'an rpm in another stream, not',
      rpm({ module: 'nodejs:20', version: '1:9-1.module_el8' }),
      almalinux({ packageName: 'nodejs:18::npm', fixed: '1:10-1.module_el8' }),
      null,
    ],
    [
      'an rpm of no module by no module, not',
      rpm(),
      almalinux({ packageName: 'nodejs:18::npm', fixed: '1:11-1.module_el8' }),
      null,
    ],
    [
      'a language package by its name',
      component({ type: 'pypi', name: 'Foo_Bar', version: '1.0rc1', release: null }),
      claim({ scope: 'pypi', packageName: 'foo-bar', fixed: '1.0' }),
      'affected',
    ],
    [
      'a module of Go without its letter',
      component({ type: 'golang', name: 'example.org/a', version: 'v1.9.0', release: null }),
      claim({ scope: 'golang', packageName: 'example.org/a', fixed: '1.10.0' }),
      'affected',
    ],
  ])('%s', (_, given, said, status) => {
    const { findings, contested, cleared, unjudged } = matchComponents([given], index(said));

    expect(unjudged).toEqual([]);
    expect([...findings, ...contested, ...cleared].map((match) => match.status)).toEqual(
      status === null ? [] : [status],
    );
  });

  it('keeps what it is about, and what won over what', () => {
    const tracker = claim({ advisory: 'tracker', authority: 'vendor-status', fixed: '8' });

    const { findings, scopes, judged } = matchComponents([component()], index(tracker, claim({ fixed: '7.88.1-11' })));

    expect({ scopes, judged }).toEqual({ scopes: ['debian:12'], judged: 1 });
    expect(findings).toMatchObject([
      { type: 'deb', scope: 'debian:12', package: 'curl', installed: '7.88.1-10', advisory: 'tracker', fixed: '8' },
    ]);
    expect(findings[0]?.judgment.losing).toMatchObject([{ because: 'lower-precedence' }]);
  });

  it.each([
    ['+223+', 'affected'],
    ['+224+', 'contested'],
    ['+225+', 'contested'],
    ['+226+', 'fixed'],
  ])('of two builds that one advisory calls fixed takes the first: build %s is %s', (build, expected) => {
    const fixes = ['+224+', '+226+'].map((fixed) =>
      almalinux({ packageName: 'nodejs:18::npm', fixed: `1:10-1.module_el8${fixed}a` }),
    );
    const installed = rpm({ module: 'nodejs:18', version: `1:10-1.module_el8${build}a` });

    const { findings, contested, cleared } = matchComponents([installed], index(...fixes));

    expect([findings.length, contested.length, cleared.length]).toEqual([
      Number(expected === 'affected'),
      Number(expected === 'contested'),
      Number(expected === 'fixed'),
    ]);
  });

  it('takes the fix of Ubuntu Pro where there is no other, and knows its builds', () => {
    const plain = claim({ scope: 'ubuntu:18.04', advisory: 'U-1' });
    const pro = claim({ scope: 'ubuntu-pro:18.04', advisory: 'U-1', fixed: '7.58.0-2ubuntu3.24+esm1' });
    const statusOf = (version: string, release = 'ubuntu:18.04') => {
      const { findings, cleared } = matchComponents([component({ release, version })], index(plain, pro));
      return [...findings, ...cleared].map(({ status, fixed }) => `${status} ${fixed}`);
    };

    expect(statusOf('7.58.0-2ubuntu3.24')).toEqual(['affected 7.58.0-2ubuntu3.24+esm1']);
    expect(statusOf('7.58.0-2ubuntu3.24', 'ubuntu-pro:18.04')).toEqual(['affected 7.58.0-2ubuntu3.24+esm1']);
    expect(statusOf('7.58.0-2ubuntu3.24+esm1')).toEqual(['fixed 7.58.0-2ubuntu3.24+esm1']);
  });
});

describe('what is not judged says why', () => {
  it.each<[string, Component]>([
    ['version-missing', component({ version: null })],
    ['version-impossible', component({ version: 'no version' })],
    ['owned-by-system-package', component({ type: 'pypi', release: null, owner: 'python3-urllib3' })],
    ['ecosystem-unknown', component({ type: 'plan9', release: null })],
    ['release-unknown', component({ release: null })],
    ['release-unknown', component({ type: 'rpm' })],
    ['release-not-covered', component({ release: 'debian:13' })],
    ['release-not-covered', component({ type: 'npm', release: null, version: '1.0.0' })],
    ['module-unknown', rpm({ version: '1:9-1.module_el8' })],
  ])('%s', (code, given) => {
    const answer = matchComponents([given], index(claim({ fixed: '99' }), almalinux({ fixed: '99' })));

    expect(answer.unjudged.map(({ reason }) => reason.code)).toEqual([code]);
    expect(answer).toMatchObject({ findings: [], contested: [], undecided: [], cleared: [], judged: 0 });
  });
});

describe('any list of packages', () => {
  const version = fc.integer({ min: 1, max: 9 }).map((number) => `${number}.0-1`);
  const anyComponent = fc
    .record({
      name: fc.constantFrom('a', 'b', 'c'),
      version: fc.oneof(version, fc.constant(null)),
      type: fc.constantFrom('deb', 'rpm', 'npm'),
      release: fc.constantFrom('debian:12', 'almalinux:8', null),
    })
    .map(component);
  const anyComponents = fc.array(anyComponent, { maxLength: 6 });
  const anyClaims = fc.array(
    fc
      .record({
        packageName: fc.constantFrom('a', 'b'),
        scope: fc.constantFrom('debian:12', 'almalinux:8', 'npm'),
        fixed: version,
        advisory: fc.constantFrom('A', 'B'),
        vulnerability: fc.constantFrom('V', 'W'),
        authority: fc.constantFrom('vendor-status' as const, 'vendor-advisory' as const),
      })
      .map(claim),
    { minLength: 1, maxLength: 8 },
  );
  const found = (components: readonly Component[], claims: readonly Claim[]) =>
    matchComponents(components, index(...claims)).findings.map(
      ({ type, scope, package: name, installed, vulnerability }) =>
        `${type} ${scope} ${name} ${installed} ${vulnerability}`,
    );

  it('has more findings only where it has more packages', () => {
    fc.assert(
      fc.property(anyComponents, anyComponent, anyClaims, (components, added, claims) => {
        expect(found([...components, added], claims)).toEqual(expect.arrayContaining(found(components, claims)));
      }),
    );
  });

  it('loses findings and gains none where a version is raised, all ranges having an upper bound', () => {
    fc.assert(
      fc.property(version, version, anyClaims, (a, b, claims) => {
        const [low, high] = [a, b].sort();
        const named = (installed: string | undefined) =>
          matchComponents([component({ name: 'a', version: installed ?? null })], index(...claims)).findings.map(
            ({ vulnerability }) => vulnerability,
          );

        expect(named(low)).toEqual(expect.arrayContaining(named(high)));
      }),
    );
  });

  it('is judged once, however often it is named or judged, in any order', () => {
    fc.assert(
      fc.property(anyComponents, anyClaims, (components, claims) => {
        const once = found(components, claims);

        expect(found(components, claims)).toEqual(once);
        expect(found([...components, ...components].reverse(), claims).sort()).toEqual([...once].sort());
      }),
    );
  });

  it('is accounted for: judged or not judged, each package once', () => {
    fc.assert(
      fc.property(anyComponents, anyClaims, (components, claims) => {
        const { judged, unjudged } = matchComponents(components, index(...claims));

        expect(judged + unjudged.length).toBe(new Set(components.map((item) => JSON.stringify(item))).size);
      }),
    );
  });
});

it('judges no product of which nobody speaks, whatever other products are spoken of', () => {
  const products = ['acme/router', 'nodejs/node-js'].map((name) => component({ type: 'product', name, release: null }));
  const claims = index(claim({ scope: 'product', packageName: 'acme/router', packageKind: 'binary', fixed: '9' }));

  expect(matchComponents(products, claims)).toMatchObject({
    judged: 1,
    unjudged: [{ reason: { code: 'release-not-covered', subject: 'nodejs/node-js 7.88.1-10' } }],
  });
});
