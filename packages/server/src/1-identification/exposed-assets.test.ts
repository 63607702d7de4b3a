import { describe, expect, test } from 'vitest';
import { AssetView } from './asset-view.ts';
import type { ViewAsset, ViewCheckIn, ViewPackageSet } from './asset-view-store.ts';
import { countNotJudged, exposedReleases, listExposedAssets } from './exposed-assets.ts';

const NOW = Date.parse('2026-11-22T10:00:00Z');
const idOf = (n: number) => `01890a5d-ac96-774b-bcce-b3020000000${n}`;

function host(n: number, said: Partial<ViewAsset> = {}): ViewAsset {
  return {
    ...{ id: idOf(n), name: `web-${n}`, kind: 'server', criticality: 'normal', exposure: 'internal', version: 1 },
    ...{ environment: 'production', owner: null, role: null, tags: [], ring: false, maintenanceGroup: null },
    ...{ redundancyGroups: [], firstSeen: NOW, origin: 'agent', listedAt: null },
    ...{ vendor: null, product: null, productVersion: null, build: null },
    ...said,
  };
}

function setOf(id: number, version: string, judgedAt: number | null = NOW): ViewPackageSet {
  const release = { id: 'debian', versionId: version, codename: null, prettyName: `Debian ${version}` };
  return { id, scope: `debian:${version}`, release, packages: 3, findings: 0, knownExploited: 0, judgedAt };
}

function report(n: number, packageSet: number): ViewCheckIn {
  return { assetId: idOf(n), seenAt: NOW, rebootNeeded: false, packageSet, offerSet: 3 };
}

/** Sets 1 and 2 are of Debian 12, 3 of 11, 4 of 13 and not judged; host 6 has not reported. */
function house(): AssetView {
  const view = new AssetView();
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

const namesOf = (view: AssetView, sets: readonly number[], from?: [number, string, string], limit = 9) =>
  listExposedAssets(view, new Set(sets), { from, limit }).map(({ asset }) => asset.name);

describe('by release', () => {
  test('the most affected come first, and what is not judged is counted', () => {
    expect(exposedReleases(house(), new Set([2, 3]))).toEqual([
      { scope: 'debian:11', name: 'Debian 11', assets: 1, affected: 1, notJudged: 0 },
      { scope: 'debian:12', name: 'Debian 12', assets: 3, affected: 1, notJudged: 0 },
      { scope: 'debian:13', name: 'Debian 13', assets: 1, affected: 0, notJudged: 1 },
    ]);
  });

  test('who reported something else since is counted there alone', () => {
    const view = house();
    view.tell({ checkIns: [report(1, 3), report(4, 3)] });

    expect(exposedReleases(view, new Set([3])).map(({ scope, assets, affected }) => [scope, assets, affected])).toEqual(
      [
        ['debian:11', 2, 2],
        ['debian:12', 2, 0],
        ['debian:13', 1, 0],
      ],
    );
  });

  test('nothing is said of who has not reported, nor of what is not judged yet', () => {
    const view = house();
    expect(countNotJudged(view)).toBe(2);

    view.tellPackageSets([setOf(4, '13')]);
    expect(countNotJudged(view)).toBe(1);
  });
});

describe('the assets', () => {
  test('come by what they are worth, then by what reaches them, then by name', () => {
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

  test('go on from an asset, with it', () => {
    const view = house();
    const [, second, ...rest] = listExposedAssets(view, new Set([1, 2, 3, 4]), { from: undefined, limit: 9 });
    if (second === undefined) throw new TypeError('there are five');
    const from: [number, string, string] = [second.rank, second.asset.name, second.asset.id];

    expect(namesOf(view, [1, 2, 3, 4], from)).toEqual(['web-2', ...rest.map(({ asset }) => asset.name)]);
    expect(namesOf(view, [1, 2, 3, 4], from, 2)).toEqual(['web-2', 'web-3']);
  });
});
