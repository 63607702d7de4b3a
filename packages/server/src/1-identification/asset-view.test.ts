import { AssetFilter } from '@patchsteward/contract';
import { DEFAULT_POLICY } from '@patchsteward/core/policy';
import { DAY_MS } from '@patchsteward/core/vocabulary';
import { describe, expect, test } from 'vitest';
import { facetsOf } from './asset-facets.ts';
import { findAssets } from './asset-found.ts';
import { pageOfAssets } from './asset-page.ts';
import { AssetView } from './asset-view.ts';
import type { ViewAsset, ViewCheckIn, ViewPackageSet } from './asset-view-store.ts';
import { notJudgedIn } from './exposed-assets.ts';

const NOW = Date.parse('2026-11-22T10:00:00Z');
const idOf = (n: number) => `01890a5d-ac96-774b-bcce-b3020000000${n}`;
const BOOKWORM: ViewPackageSet = {
  id: 7,
  ecosystem: 'deb',
  scope: 'debian:12',
  release: { id: 'debian', versionId: '12', codename: 'bookworm', prettyName: 'Debian GNU/Linux 12 (bookworm)' },
  packages: 300,
  findings: 4,
  knownExploited: 1,
  judgedAt: NOW,
  unjudged: 0,
  revision: 1,
};

function asset(n: number, said: Partial<ViewAsset> = {}): ViewAsset {
  return {
    ...{ id: idOf(n), name: `web-${n}`, kind: 'server', criticality: 'normal', exposure: 'internal', version: 1 },
    ...{ environment: 'production', owner: null, role: null, tags: [], ring: false, maintenanceGroup: null },
    ...{ redundancyGroups: [], firstSeen: NOW, origin: 'agent', listedAt: null },
    ...{ vendor: null, product: null, productVersion: null, build: null, supportScope: null },
    ...said,
  };
}

function checkIn(n: number, said: Partial<ViewCheckIn> = {}): ViewCheckIn {
  return {
    assetId: idOf(n),
    seenAt: NOW,
    rebootNeeded: false,
    packageSet: 7,
    offerSet: 3,
    runningSource: null,
    sharesKernel: false,
    lingering: [],
    machineId: null,
    ...said,
  };
}

/** Three assets: one of Ada's that reported, one of Bob's that did so long ago, one that never did. */
function threeAssets(): AssetView {
  const view = new AssetView(DEFAULT_POLICY.endOfLife.warnMs);
  view.tellFeeds([{ feed: 'debian-osv', scope: 'debian:12' }]);
  view.tell({
    assets: [
      asset(1, { owner: 'Ada', tags: ['web', 'north'] }),
      asset(2, { owner: 'Bob', tags: ['web'] }),
      asset(3, { firstSeen: NOW - 2 * DAY_MS }),
    ],
  });
  view.tellPackageSets([BOOKWORM]);
  view.tellLifecycles([{ scope: 'debian:12', phase: 'lts', ends: NOW + DAY_MS }]);
  view.tell({
    offerSets: [{ id: 3, updates: 12 }],
    checkIns: [checkIn(1), checkIn(2, { seenAt: NOW - 2 * DAY_MS, rebootNeeded: true })],
    assessments: [{ assetId: idOf(2), lane: 'critical', due: NOW, securityUpdates: 2, ...COUNTED }],
  });
  return view;
}

/** By the last count of its set. */
const COUNTED = { findings: 4, knownExploited: 1, packageSet: 7, revision: 1 };

function found(view: AssetView, words: Readonly<Record<string, string>>): string[] {
  const { slots } = findAssets(view, AssetFilter.parse(words), NOW);
  return slots().map((slot) => view.at(slot).asset.name);
}

function valuesOf(view: AssetView, name: string, words: Readonly<Record<string, string>> = {}) {
  const { facets } = facetsOf(view, AssetFilter.parse(words), NOW);
  return facets.find((facet) => facet.name === name)?.values.map(({ value, assets }) => [value, assets]);
}

describe('the view of assets', () => {
  test.each([
    [{ search: 'WEB-1' }, ['web-1']],
    [{ search: 'bookworm web' }, ['web-1', 'web-2']],
    [{ search: 'web_1' }, []],
    [{ owner: 'Ada' }, ['web-1']],
    [{ without: 'owner,tag' }, ['web-3']],
    [{ tag: 'web,north' }, ['web-1']],
    [{ stale: 'yes' }, ['web-2', 'web-3']],
    [{ stale: 'yes', reboot: 'no' }, ['web-3']],
    [{ judged: 'no' }, ['web-3']],
    [{ exploited: 'yes' }, ['web-1', 'web-2']],
    [{ support: 'ending' }, ['web-1', 'web-2']],
    [{ support: 'ended,extended' }, []],
    [{ support: 'unknown', owner: 'Ada' }, []],
    [{ lane: 'critical,none', release: 'debian:12' }, ['web-1', 'web-2']],
  ])('finds by %j', (words, expected) => {
    expect(found(threeAssets(), words)).toEqual(expected);
  });

  test('shows what was told last', () => {
    const view = threeAssets();
    view.tell({ assets: [asset(1, { name: 'db-1', owner: 'Eve' })] });
    view.tellPackageSets([{ ...BOOKWORM, knownExploited: 0, findings: 9, revision: 2 }]);

    expect(found(view, { search: 'db-1 eve bookworm' })).toEqual(['db-1']);
    expect(found(view, { owner: 'Ada' })).toEqual([]);
    expect(found(view, { exploited: 'yes' })).toEqual([]);
    expect(view.summary(0)).toMatchObject({ name: 'db-1', findings: 9, updates: 12, seenAt: NOW });
  });

  test.each([
    [NOW - 365 * DAY_MS, 'supported'],
    [NOW + DAY_MS, 'ended'],
    [NOW + DAY_MS - 1, 'ending'],
  ])('tells the support of a platform as of %d: %s', (now, word) => {
    const { facets } = facetsOf(threeAssets(), AssetFilter.parse({ support: word }), now);

    expect(facets.find(({ name }) => name === 'support')?.values).toEqual([
      { value: word, assets: 2 },
      { value: 'unknown', assets: 1 },
    ]);
  });

  test('counts what an asset is exposed to, and what its set has until it is assessed by the last count', () => {
    const view = threeAssets();
    const told = { lane: 'routine', due: NOW, securityUpdates: 0, ...COUNTED, findings: 1, knownExploited: 0 };
    view.tell({ assessments: [{ assetId: idOf(1), ...told }] });
    const figures = () => [0, 1].map((slot) => view.summary(slot).findings);

    expect(figures()).toEqual([1, 4]);
    expect(found(view, { exploited: 'yes' })).toEqual(['web-2']);
    expect(view.ordered('findings').map((slot) => view.at(slot).asset.name)).toEqual(['web-2', 'web-1', 'web-3']);

    view.tellPackageSets([{ ...BOOKWORM, revision: 2, findings: 6 }]);
    expect(figures()).toEqual([6, 6]);
    expect(found(view, { exploited: 'yes' })).toEqual(['web-1', 'web-2']);
  });

  test('tells what is judged in part from the rest, and never calls it clean', () => {
    const view = threeAssets();
    view.tellPackageSets([{ ...BOOKWORM, findings: 0, unjudged: 3 }]);
    const { facets } = facetsOf(view, AssetFilter.parse({}), NOW);

    expect([found(view, { judged: 'partly' }), found(view, { judged: 'yes' })]).toEqual([['web-1', 'web-2'], []]);
    expect(facets.find(({ name }) => name === 'judged')?.values).toEqual([
      { value: 'partly', assets: 2 },
      { value: 'no', assets: 1 },
    ]);
    expect(notJudgedIn(view)).toEqual({ assetsNotJudged: 1, assetsPartlyJudged: 2 });
  });

  test('without a feed nothing is judged', () => {
    const view = threeAssets();
    view.tellFeeds([]);

    expect([found(view, { judged: 'yes' }), found(view, { exploited: 'yes' })]).toEqual([[], []]);
  });

  test('a facet that is filtered by shows what there would be without its word', () => {
    const view = threeAssets();

    expect(valuesOf(view, 'owner', { owner: 'Ada', search: 'bookworm' })).toEqual([
      ['Ada', 1],
      ['Bob', 1],
    ]);
    expect(valuesOf(view, 'tag', { owner: 'Ada' })).toEqual([
      ['north', 1],
      ['web', 1],
    ]);
    expect(valuesOf(view, 'owner')).toEqual([
      ['Ada', 1],
      ['Bob', 1],
      [null, 1],
    ]);
    expect(valuesOf(view, 'stale')).toEqual([
      ['yes', 2],
      ['no', 1],
    ]);
  });

  test('a facet of many values says that there are more', () => {
    const view = new AssetView(DEFAULT_POLICY.endOfLife.warnMs);
    view.tell({ assets: Array.from({ length: 51 }, (_, n) => asset(1, { id: `${n}`, owner: `Team ${n}` })) });

    const owners = facetsOf(view, {}, NOW).facets.find(({ name }) => name === 'owner');

    expect([owners?.values.length, owners?.more]).toEqual([50, true]);
  });

  test.each([
    ['name', ['web-1', 'web-2', 'web-3']],
    ['urgent', ['web-2', 'web-1', 'web-3']],
    ['seen', ['web-3', 'web-2', 'web-1']],
    ['findings', ['web-1', 'web-2', 'web-3']],
  ] as const)('pages by %s', (sort, expected) => {
    const view = threeAssets();
    const names: string[] = [];
    let cursor: string | undefined;
    do {
      const page = pageOfAssets(view, { sort, skip: 0, limit: 1, cursor }, NOW);
      names.push(...page.slots.map((slot) => view.at(slot).asset.name));
      cursor = page.next ?? undefined;
      expect(page.total).toBe(3);
    } while (cursor !== undefined);

    expect(names).toEqual(expected);
  });

  test('a page that skips more than there is is empty', () => {
    expect(pageOfAssets(threeAssets(), { sort: 'name', skip: 5, limit: 2 }, NOW)).toEqual({
      ...{ slots: [], next: null, total: 3 },
    });
  });

  test.each([
    ['an unknown set', { packageSet: 8 }],
    ['an unknown asset', { assetId: idOf(9) }],
  ])('a check-in of %s is a bug', (_, said) => {
    expect(() => threeAssets().tell({ checkIns: [checkIn(1, said)] })).toThrow(RangeError);
  });

  test('an assessment of an asset that is gone changes nothing', () => {
    const view = threeAssets();
    view.tell({ assessments: [{ assetId: idOf(9), lane: 'routine', due: NOW, securityUpdates: 0, ...COUNTED }] });

    expect([view.size, found(view, { lane: 'routine' })]).toEqual([3, []]);
  });

  test('assets are alike by name and by machine, and those that are named anyway', () => {
    const view = threeAssets();
    view.tell({ checkIns: [checkIn(1, { machineId: 'm' }), checkIn(2, { machineId: 'm' })] });
    expect(view.alike([idOf(9)])).toEqual([0, 1]);

    view.tell({ checkIns: [checkIn(2)], assets: [asset(3, { name: 'WEB-1' })] });
    expect(view.alike([idOf(2)])).toEqual([0, 2, 1]);
  });

  test('it is overgrown once it keeps more of the past than of the present', () => {
    const view = threeAssets();
    expect(view.isOvergrown).toBe(false);

    for (let n = 0; n < 1_010; n += 1) view.tell({ assets: [asset(1, { owner: `Team ${n}` })] });

    expect(view.isOvergrown).toBe(true);
  });
});
