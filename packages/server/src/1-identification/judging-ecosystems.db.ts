import { DEFAULT_POLICY } from '@patchsteward/core/policy';
import type { InstalledPackage } from '@patchsteward/core/vocabulary';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { describeWithDatabase } from '../platform/testing/database.ts';
import { countFleet } from './fleet.ts';
import { judgeAll } from './judging.ts';
import { type HostReport, installed, reportHost } from './testing/reported-host.ts';
import { type ToldClaim, tellClaims } from './testing/told-claims.ts';
import { openWorld, type World } from './testing/world.ts';

const ALMALINUX = { id: 'almalinux', versionId: '9.4', codename: null, prettyName: 'AlmaLinux 9.4' };
const ALPINE = { id: 'alpine', versionId: '3.19.1', codename: null, prettyName: 'Alpine Linux v3.19' };
const UBUNTU = { id: 'ubuntu', versionId: '22.04', codename: 'jammy', prettyName: 'Ubuntu 22.04.5 LTS' };
const IMAGE = { id: 'image', versionId: null, codename: null, prettyName: 'registry.example/shop:7' };
const CVE = 'CVE-2026-0001';

function rpm(name: string, version: string, more: Partial<InstalledPackage> = {}): InstalledPackage {
  return installed(name, version, { architecture: 'x86_64', ...more });
}

function component(type: string, name: string, version: string, more: Partial<InstalledPackage> = {}) {
  return installed(name, version, { architecture: '', type, ...more });
}

const fix = (scope: string, packageName: string, fixed: string | null, more: Partial<ToldClaim> = {}): ToldClaim => ({
  scope,
  packageName,
  fixed,
  vulnerability: CVE,
  ...more,
});

type Place = { readonly source: string; readonly sourceVersion: string; readonly fixed: string | null };

function placesOf(rows: readonly Place[]): string[] {
  return rows.map(({ source, sourceVersion, fixed }) => `${source} ${sourceVersion} ${fixed}`).sort();
}

describeWithDatabase('judging in all ecosystems', () => {
  let world: World;
  beforeEach(async () => {
    world = await openWorld();
  });
  afterEach(() => world.close());

  async function findingsOf(assetId: string) {
    const { body } = await world.get(`assets/${assetId}/findings`);
    const { items, judged, unjudgedPackages } = body as {
      items: { vulnerability: string; source: string; sourceVersion: string; fixed: string | null }[];
      judged: { kind: string; reason?: { code: string } };
      unjudgedPackages: number;
    };
    return {
      found: placesOf(items),
      ofCve: placesOf(items.filter(({ vulnerability }) => vulnerability === CVE)),
      judged: judged.reason?.code ?? judged.kind,
      unjudgedPackages,
    };
  }

  /** The host is there before the claims, so that these must reach what waits for them. */
  async function judged(report: HostReport, ...claims: readonly ToldClaim[]) {
    const assetId = await reportHost(world, 'host-1', report);
    await world.grantWishes();
    await tellClaims(world, ...claims);
    await judgeAll(world.corridor, world.clock);
    const findings = await findingsOf(assetId);
    expect(await exposedTo(CVE), 'exposure says the same').toEqual(findings.ofCve);
    return { found: findings.found, judged: findings.judged, unjudgedPackages: findings.unjudgedPackages };
  }

  /** Judged on the question, by the claims alone. */
  async function exposedTo(vulnerability: string) {
    const { body } = await world.get(`exposure/${vulnerability}`);
    const { assets } = body as { assets: { source: string; sourceVersion: string; fixed: string | null }[] };
    return placesOf(assets);
  }

  it('judges rpm by name, epoch and module, on the major release', async () => {
    const packages = [
      rpm('openssl', '1:3.0.7-27.el9'),
      rpm('curl', '7.76.1-29.el9'),
      rpm('npm', '1:9-1.module_el9', { module: 'nodejs:18' }),
      rpm('nodejs', '1:18-1.module_el9', { module: 'nodejs:18' }),
    ];

    expect(
      await judged(
        { ecosystem: 'rpm', release: ALMALINUX, packages },
        fix('almalinux:9', 'openssl', '1:3.0.7-28.el9'),
        fix('almalinux:9', 'curl', '7.76.1-29.el9'),
        fix('almalinux:9', 'nodejs:18::npm', '1:10-1.module_el9'),
        fix('almalinux:9', 'nodejs:20::nodejs', '1:20-1.module_el9'),
        fix('almalinux:8', 'curl', '9-1.el8'),
      ),
    ).toEqual({
      found: ['nodejs:18::npm 1:9-1.module_el9 1:10-1.module_el9', 'openssl 1:3.0.7-27.el9 1:3.0.7-28.el9'],
      judged: 'judged',
      unjudgedPackages: 0,
    });
  });

  it.each([
    ['3.9.18-3.el9_4.4', ['python3.9 3.9.18-3.el9_4.4 3.9.18-3.el9_4.5']],
    ['3.9.18-3.el9_4.5', []],
    ['3.9.19-7.el9', ['python3.9 3.9.19-7.el9 3.9.19-8.el9']],
    ['3.9.19-8.el9', []],
  ])('tells the builds of minor releases apart: %s', async (version, found) => {
    const packages = [rpm('python3.9', version)];

    const answer = await judged(
      { ecosystem: 'rpm', release: ALMALINUX, packages },
      fix('almalinux:9', 'python3.9', '3.9.18-3.el9_4.5'),
      fix('almalinux:9', 'python3.9', '3.9.19-8.el9'),
    );

    expect(answer.found).toEqual(found);
  });

  it('keeps a claim for one architecture from the others', async () => {
    const packages = [rpm('kernel', '5-1.el9'), rpm('kernel', '5-2.el9', { architecture: 'aarch64' })];

    const answer = await judged(
      { ecosystem: 'rpm', release: ALMALINUX, packages },
      fix('almalinux:9', 'kernel', '5-9.el9', { architectures: ['aarch64'] }),
    );

    expect(answer.found).toEqual(['kernel 5-2.el9 5-9.el9']);
  });

  it('judges apk by its origin', async () => {
    const packages = [installed('libssl3', '3.1.4-r0', { source: 'openssl' })];

    const answer = await judged(
      { ecosystem: 'apk', release: ALPINE, packages },
      fix('alpine:3.19', 'openssl', '3.1.4-r1'),
    );

    expect(answer.found).toEqual(['openssl 3.1.4-r0 3.1.4-r1']);
  });

  it('tells the fix of Ubuntu Pro where there is no other, and that it needs a subscription', async () => {
    const packages = [installed('curl', '7.81-1ubuntu1'), installed('wget', '1.21-1ubuntu1+esm1')];
    const open = (name: string) => fix('ubuntu:22.04', name, null, { status: 'affected' });

    const answer = await judged(
      { release: UBUNTU, packages },
      open('curl'),
      open('wget'),
      fix('ubuntu-pro:22.04', 'curl', '7.81-1ubuntu1+esm1'),
      fix('ubuntu-pro:22.04', 'wget', '1.21-1ubuntu1+esm1'),
    );

    expect(answer.found).toEqual(['curl 7.81-1ubuntu1 7.81-1ubuntu1+esm1']);
    const { body } = await world.get(`exposure/${CVE}`);
    expect(body).toMatchObject({
      answer: 'affected',
      assets: [
        { fixed: '7.81-1ubuntu1+esm1', next: { step: 'subscribe' }, reasons: [{ code: 'fix-needs-subscription' }] },
      ],
    });
    await countFleet(world.corridor, { clock: world.clock, policy: DEFAULT_POLICY, readSaid: async () => new Map() });
    expect((await world.get('findings')).body).toMatchObject({ items: [{ fix: 'needs-subscription', offeredOn: 0 }] });
    expect((await world.get('finding-groups?fix=needs-subscription')).body).toMatchObject({ total: 1 });
  });

  it('judges a list of components one by one, and counts what it cannot', async () => {
    const packages = [
      component('npm', 'left-pad', '1.0.0'),
      component('pypi', 'Foo_Bar', '1.0rc1'),
      component('deb', 'curl', '7.88.1-10', { scope: 'debian:12' }),
      component('product', 'cisco/ios-xe', '17.3.4'),
      component('maven', 'org.example:shop', '1.0'),
      component('pypi', 'six', '', {}),
    ];

    expect(
      await judged(
        { ecosystem: 'components', release: IMAGE, packages },
        fix('npm', 'left-pad', '1.0.1'),
        fix('pypi', 'foo-bar', '1.0'),
        fix('debian:12', 'curl', '7.88.1-11'),
        fix('product', 'cisco/ios-xe', '17.3.4a'),
      ),
    ).toEqual({
      found: ['cisco/ios-xe 17.3.4 17.3.4a', 'curl 7.88.1-10 7.88.1-11', 'foo-bar 1.0rc1 1.0', 'left-pad 1.0.0 1.0.1'],
      judged: 'judged',
      unjudgedPackages: 2,
    });
    const { body: assets } = await world.get('assets');
    const { items } = assets as { items: { id: string; judged: object; findings: number }[] };
    // One of an ecosystem that nobody speaks of, and one without a version: neither is clean.
    expect(items).toMatchObject([{ judged: { kind: 'judged', unjudgedPackages: 2 }, findings: 4 }]);
    expect((await world.get('findings')).body).toMatchObject({ assetsNotJudged: 0, assetsPartlyJudged: 1 });
    expect((await world.get('assets?judged=partly')).body).toMatchObject({ total: 1 });
    expect((await world.get(`assets/${items[0]?.id}/findings`)).body).toMatchObject({
      notCovered: ['org.example:shop 1.0'],
    });
    const { body: exposure } = await world.get(`exposure/${CVE}`);
    const { assets: rows } = exposure as { assets: { source: string; next: object; reasons: object[] }[] };
    expect(rows.find(({ source }) => source === 'left-pad')).toMatchObject({
      next: { sentence: 'Update to left-pad 1.0.1 or newer where the application is built, and deploy it anew.' },
      reasons: [],
    });
  });

  it('calls no list clean of which nobody speaks, and judges it once somebody does', async () => {
    const report: HostReport = {
      ecosystem: 'components',
      release: IMAGE,
      packages: [component('npm', 'left-pad', '1.0.0')],
    };

    expect(await judged(report, fix('debian:12', 'curl', '2'))).toMatchObject({
      found: [],
      judged: 'release-not-covered',
    });
    await tellClaims(world, fix('npm', 'other', '2.0.0', { advisory: 'B-1' }));
    await judgeAll(world.corridor, world.clock);
    expect(await world.get('assets')).toMatchObject({
      body: { items: [{ judged: { kind: 'judged' }, findings: 0 }] },
    });
  });

  it('is judged in part until somebody speaks of the rest, and again when nobody does any more', async () => {
    const packages = [
      component('npm', 'left-pad', '1.0.0'),
      component('pypi', 'flask', '1.0'),
      component('product', 'acme/switch', '7'),
    ];
    await reportHost(world, 'shop', { ecosystem: 'components', release: IMAGE, packages });
    await world.grantWishes();
    const inPart = async (...claims: readonly ToldClaim[]) => {
      await tellClaims(world, ...claims);
      await judgeAll(world.corridor, world.clock);
      const { items } = (await world.get('assets')).body as { items: { judged: { unjudgedPackages: number } }[] };
      return items[0]?.judged.unjudgedPackages;
    };
    const npm = fix('npm', 'other', '2.0.0', { advisory: 'B-1' });
    const pypi = fix('pypi', 'django', '2.0', { advisory: 'B-2' });
    const product = fix('product', 'acme/router', '2.0', { advisory: 'B-3' });

    expect(await inPart(npm)).toBe(2);
    expect(await inPart(npm, pypi)).toBe(1);
    expect(await inPart(npm, pypi, product)).toBe(0);
    expect(await inPart(npm, pypi, fix('product', 'other/router', '2.0', { advisory: 'B-3' }))).toBe(1);
  });

  it('judges a product only while somebody names it, or its vendor speaks of the others', async () => {
    const report = (product: string): HostReport => ({
      ecosystem: 'components',
      release: { ...IMAGE, prettyName: product },
      packages: [component('product', product, '7')],
    });
    await reportHost(world, 'pc-1', report('microsoft/windows-7'));
    await reportHost(world, 'switch-1', report('acme/switch'));
    const told = async (...claims: readonly ToldClaim[]) => {
      await tellClaims(world, ...claims);
      await judgeAll(world.corridor, world.clock);
      const { items } = (await world.get('assets')).body as { items: { name: string; judged: { kind: string } }[] };
      return items.map(({ name, judged: { kind } }) => `${name} ${kind}`);
    };
    await world.grantWishes();
    const advisory = 'B-1';

    expect(await told(fix('product', 'acme/router', '2.0', { advisory }))).toEqual([
      'pc-1 not-judged',
      'switch-1 judged',
    ]);
    expect(await told(fix('product', 'microsoft/windows-7', '8', { advisory }))).toEqual([
      'pc-1 judged',
      'switch-1 not-judged',
    ]);
    expect((await world.get('assets?judged=no')).body).toMatchObject({ items: [{ name: 'switch-1' }], total: 1 });
  });
});
