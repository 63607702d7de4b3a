import { DEFAULT_POLICY } from '@patchsteward/core/policy';
import { describe, expect, test } from 'vitest';
import { AssetView } from './asset-view.ts';
import type { ViewAsset, ViewCheckIn, ViewPackageSet } from './asset-view-store.ts';
import {
  type ExposedPlace,
  exposedReleases,
  listExposed,
  notJudgedIn,
  type Placed,
  type Placement,
  type Shown,
  type Standing,
  standingOf,
  totalsOf,
} from './exposed-assets.ts';
import { fleetOfNow } from './exposure-fleet.ts';
import type { JudgedVersion } from './exposure-judging.ts';
import type { HostKind } from './host-kinds.ts';

const NOW = Date.parse('2026-11-22T10:00:00Z');
const idOf = (n: number) => `01890a5d-ac96-774b-bcce-b3020000000${n}`;

function host(n: number, said: Partial<ViewAsset> = {}): ViewAsset {
  return {
    ...{ id: idOf(n), name: `web-${n}`, kind: 'server', criticality: 'normal', exposure: 'internal', version: 1 },
    ...{ environment: 'production', owner: null, role: null, tags: [], ring: false, maintenanceGroup: null },
    ...{ redundancyGroups: [], firstSeen: NOW, origin: 'agent', listedAt: null },
    ...{ vendor: null, product: null, productVersion: null, build: null, supportScope: null },
    ...said,
  };
}

function setOf(id: number, version: string, judgedAt: number | null = NOW): ViewPackageSet {
  const release = { id: 'debian', versionId: version, codename: null, prettyName: `Debian ${version}` };
  return {
    id,
    ecosystem: 'deb',
    scope: `debian:${version}`,
    release,
    packages: 3,
    findings: 0,
    knownExploited: 0,
    judgedAt,
    unjudged: 0,
    revision: 1,
  };
}

function report(n: number, packageSet: number): ViewCheckIn {
  return {
    assetId: idOf(n),
    seenAt: NOW,
    rebootNeeded: false,
    packageSet,
    offerSet: 3,
    runningSource: null,
    sharesKernel: false,
    lingering: [],
    machineId: null,
  };
}

/** Sets 1 and 2 are of Debian 12, 3 of 11, 4 of 13 and not judged; host 6 has not reported. */
function house(): AssetView {
  const view = new AssetView(DEFAULT_POLICY.endOfLife.warnMs);
  view.tell({
    assets: [
      ...[host(1), host(2, { criticality: 'critical', exposure: 'isolated' }), host(3, { exposure: 'public' })],
      ...[host(4, { criticality: 'critical' }), host(5), host(6)],
    ],
    offerSets: [{ id: 3, updates: 0 }],
  });
  view.tellPackageSets([setOf(1, '12'), setOf(2, '12'), setOf(3, '11'), setOf(4, '13', null)]);
  view.tell({ checkIns: [report(1, 1), report(2, 1), report(3, 2), report(4, 3), report(5, 4)] });
  return view;
}

/** web-4 runs the kernel of this source version. */
function running(source: number): AssetView {
  const view = house();
  view.tell({ checkIns: [{ ...report(4, 3), runningSource: source }] });
  return view;
}

const VERSION: JudgedVersion = {
  ...{ id: 1, scope: 'debian:12', source: 'curl', version: '1.0-1', status: 'affected', isKernel: false },
  ...{
    vulnerabilities: ['CVE-1'],
    winner: null,
    losing: [],
    fixed: '2.0-1',
    fixedKey: null,
    releasedAt: null,
    why: '',
  },
};
const HAD: HostKind = { packageSet: 1, runningSource: null, sharesKernel: false, lingering: [] };

function placed(members: Partial<JudgedVersion> = {}, hasImage = false): Placed {
  return { version: { ...VERSION, ...members }, hasImage };
}

/** Each of these sets has an affected version. */
function affectedSets(sets: readonly number[]): Placement {
  return placementOf(new Map(sets.map((set) => [set, [placed()]])));
}

function placementOf(sets: Placement['sets'], ...former: readonly JudgedVersion[]): Placement {
  return { sets, versions: new Map(former.map((version) => [version.id, version])) };
}

const namesOf = (view: AssetView, sets: readonly number[], after?: ExposedPlace, limit = 9) =>
  listExposed(fleetOfNow(view), affectedSets(sets), { after, limit, show: 'open' }).rows.map(
    ({ asset }) => asset.asset.name,
  );

describe('what a version means on an asset', () => {
  const kernel = { isKernel: true, source: 'linux' } as const;
  test.each<[string, Placed, Partial<HostKind>, Standing]>([
    ['affected', placed(), {}, 'affected'],
    ['what the vendor will not fix', placed({ status: 'wont_fix' }), {}, 'affected'],
    ['out of support', placed({ status: 'end_of_life' }), {}, 'affected'],
    ['put off', placed({ status: 'deferred' }), {}, 'affected'],
    ['under investigation', placed({ status: 'under_investigation' }), {}, 'underInvestigation'],
    ['of a third party', placed({ status: 'not_judged' }), {}, 'notJudged'],
    ['fixed', placed({ status: 'fixed' }), {}, 'fixed'],
    ['not affected', placed({ status: 'not_affected' }), {}, 'notAffected'],
    ['the kernel that runs', placed(kernel, true), { runningSource: 1 }, 'affected'],
    ['a kernel that does not run', placed(kernel, true), { runningSource: 2 }, 'idle'],
    ['headers', placed(kernel), {}, 'idle'],
    ['a kernel, where nobody knows which one runs', placed(kernel, true), {}, 'affected'],
    ['a kernel in a container', placed(kernel, true), { sharesKernel: true }, 'idle'],
  ])('%s', (_, one, had, standing) => {
    expect(standingOf(one, { ...HAD, ...had })).toBe(standing);
  });
});

describe('by release', () => {
  const scopes = new Set(['debian:11', 'debian:12']);
  const countsOf = (view: AssetView, sets: readonly number[], claimed = scopes) =>
    exposedReleases(fleetOfNow(view), affectedSets(sets), claimed).map(({ scope, assets, counts }) => [
      ...[scope, assets, counts.affected, counts.notInstalled, counts.notJudged],
    ]);

  test('the most affected come first, and what is not judged is counted', () => {
    expect(countsOf(house(), [2, 3])).toEqual([
      ['debian:11', 1, 1, 0, 0],
      ['debian:12', 3, 1, 2, 0],
      ['debian:13', 1, 0, 0, 1],
    ]);
  });

  test('a release of which no claim speaks is not judged', () => {
    expect(countsOf(house(), [2], new Set(['debian:12']))).toContainEqual(['debian:11', 1, 0, 0, 1]);
  });

  test('who reported something else since is counted there alone', () => {
    const view = house();
    view.tell({ checkIns: [report(1, 3), report(4, 3)] });

    expect(countsOf(view, [3]).map(([scope, assets, affected]) => [scope, assets, affected])).toEqual([
      ['debian:11', 2, 2],
      ['debian:12', 2, 0],
      ['debian:13', 1, 0],
    ]);
  });

  test('an asset counts once, by the gravest that it has', () => {
    const both = placementOf(new Map([[3, [placed({ id: 1, status: 'fixed' }), placed({ id: 2 })]]]));

    const [first] = exposedReleases(fleetOfNow(house()), both, scopes);

    expect(first?.counts).toMatchObject({ affected: 1, fixed: 0 });
  });

  test('together they are all assets, with those that have not reported', () => {
    const fleet = fleetOfNow(house());
    const totals = totalsOf(fleet, exposedReleases(fleet, affectedSets([1]), scopes));

    expect(totals).toMatchObject({ affected: 2, notInstalled: 2, notJudged: 2 });
    expect(Object.values(totals).reduce((sum, count) => sum + count, 0)).toBe(6);
  });

  test('nothing is said of who has not reported, nor of what is not judged yet', () => {
    const view = house();
    expect(notJudgedIn(view).assetsNotJudged).toBe(2);

    view.tellPackageSets([setOf(4, '13')]);
    expect(notJudgedIn(view).assetsNotJudged).toBe(1);
  });
});

describe('the rows', () => {
  test('come by what their assets are worth, then by what reaches them, then by name', () => {
    expect(namesOf(house(), [1, 2, 3, 4])).toEqual(['web-4', 'web-2', 'web-3', 'web-1', 'web-5']);
  });

  test.each([
    ['of no set', [], []],
    ['of one', [3], ['web-4']],
    ['of a set that nobody has', [9], []],
  ])('are those %s', (_, sets, names) => {
    expect(namesOf(house(), sets)).toEqual(names);
  });

  test('move with what is said of them', () => {
    const view = house();
    view.tell({ assets: [host(5, { criticality: 'critical', exposure: 'public' })] });

    expect(namesOf(view, [1, 2, 3, 4])[0]).toBe('web-5');
  });

  test('go on after one', () => {
    const fleet = fleetOfNow(house());
    const { rows, assets } = listExposed(fleet, affectedSets([1, 2, 3, 4]), {
      after: undefined,
      limit: 2,
      show: 'open',
    });

    expect([rows.length, assets]).toEqual([2, 5]);
    expect(namesOf(house(), [1, 2, 3, 4], rows[1]?.place)).toEqual(['web-3', 'web-1', 'web-5']);
    expect(namesOf(house(), [1, 2, 3, 4], rows[1]?.place, 1)).toEqual(['web-3']);
  });

  test('that are safe or idle are shown where all are asked for', () => {
    const kernel = { isKernel: true, source: 'linux' };
    const some = placementOf(new Map([[3, [placed({ id: 1, status: 'fixed' }), placed({ id: 2, ...kernel })]]]));
    const shown = (show: Shown) =>
      listExposed(fleetOfNow(house()), some, { after: undefined, limit: 9, show }).rows.map(({ placed: one, runs }) => [
        ...[one.version.status, runs],
      ]);

    expect(shown('open')).toEqual([]);
    expect(shown('all')).toEqual([
      ['fixed', null],
      ['affected', false],
    ]);
  });

  test('ask for a reboot where a fixed kernel is installed beside the one that runs', () => {
    const kernel = { isKernel: true, source: 'linux' };
    const some = placementOf(
      new Map([[3, [placed(kernel, true), placed({ ...kernel, id: 2, status: 'fixed' }, true)]]]),
    );

    const { rows } = listExposed(fleetOfNow(running(1)), some, { after: undefined, limit: 9, show: 'open' });

    expect(rows.map(({ rebootPending }) => rebootPending)).toEqual([true]);
  });

  test.each<[string, string, Partial<JudgedVersion>, Partial<JudgedVersion> | null, boolean]>([
    ['replaced by its fix', 'fixed', {}, { id: 8, status: 'fixed' }, true],
    ['removed', 'nothing', {}, null, true],
    ['replaced by one that has it as well', 'affected', {}, { id: 8 }, false],
    ['that never had it', 'fixed', { status: 'not_affected' }, { id: 8, status: 'fixed' }, false],
  ])('count a version that still runs, %s (%s)', (_, __, former, now, counts) => {
    const view = house();
    view.tell({ checkIns: [{ ...report(1, 3), lingering: [9] }] });
    const sets = new Map(now === null ? [] : [[3, [placed(now)]]]);
    const some = placementOf(sets, { ...VERSION, ...former, id: 9 });

    const { rows: open } = listExposed(fleetOfNow(view), some, { after: undefined, limit: 9, show: 'open' });
    const former9 = open.filter(({ placed: one }) => one.lingers === true);

    expect(former9.map(({ asset, fixNotRunning }) => [asset.asset.name, fixNotRunning])).toEqual(
      counts ? [['web-1', true]] : [],
    );
  });
});

test('lists of components stand by the product that is asked about, and what is not in one is not installed', () => {
  const view = new AssetView(DEFAULT_POLICY.endOfLife.warnMs);
  const listed = (id: number, prettyName: string, judgedAt: number | null): ViewPackageSet => ({
    ...setOf(id, '12', judgedAt),
    ecosystem: 'components',
    scope: null,
    release: { id: 'components', versionId: null, codename: null, prettyName },
  });
  view.tell({ assets: [host(1), host(2), host(3)], offerSets: [{ id: 3, updates: 0 }] });
  view.tellPackageSets([
    listed(1, 'Acme Shop 1.0', NOW),
    listed(2, 'Cisco IOS XE 17', NOW),
    listed(3, 'Windows 7', null),
  ]);
  view.tell({ checkIns: [report(1, 1), report(2, 2), report(3, 3)] });
  const router = placed({ scope: 'product', source: 'cisco/ios-xe' });
  const placement = placementOf(new Map([[2, [router]]]));

  const groups = exposedReleases(fleetOfNow(view), placement, new Set(['product']));

  expect(groups.map(({ name, assets, counts }) => [name, assets, counts.affected, counts.notInstalled])).toEqual([
    ['cisco/ios-xe', 1, 1, 0],
    ['Listed products, applications and images', 2, 0, 2],
  ]);
});
