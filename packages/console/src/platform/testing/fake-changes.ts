import {
  ASSET_FACETS,
  type Asset,
  type AssetDouble,
  type AssetRuleBody,
  type AssetsChanged,
  type FreezeCalendar,
  type MaintenanceGroup,
  type RemovedAsset,
} from '@patchsteward/contract';
import type { Handlers } from '../../../../server/src/platform/http/bind.ts';
import { DAY_MS, fakeId, HOUR_MS, wire } from './fake-assets.ts';

const GROUPS: readonly MaintenanceGroup[] = [
  {
    name: 'sunday',
    zone: 'America/New_York',
    windows: [
      { kind: 'weekly', weekday: 'sun', start: '02:00', durationMs: 4 * HOUR_MS },
      { kind: 'monthly', nth: 2, weekday: 'tue', offsetDays: 5, start: '22:30', durationMs: 1.5 * HOUR_MS },
      { kind: 'once', date: '2026-12-27', start: '20:00', durationMs: 6 * HOUR_MS },
    ],
    assets: 12,
    next: [1, 3].map((day) => ({
      from: wire(day * DAY_MS),
      until: wire(day * DAY_MS + 4 * HOUR_MS),
      offset: '-05:00',
    })),
    tzdata: '2026a',
    version: 2,
  },
  { name: 'without-windows', zone: 'UTC', windows: [], assets: 0, next: [], tzdata: '2026a', version: 1 },
];

const CALENDAR: FreezeCalendar = {
  ...{ id: fakeId(811), name: 'company', groups: null, goesOn: true, importedBy: 'ada' },
  ...{ knownUntil: wire(800 * DAY_MS), importedAt: wire(-DAY_MS) },
  freezes: [
    { uid: 'a', title: 'Year end', freeze: { kind: 'local', from: '2026-12-20T00:00', until: '2027-01-03T00:00' } },
    { uid: 'b', title: 'Launch', freeze: { kind: 'instants', from: wire(3 * DAY_MS), until: wire(4 * DAY_MS) } },
  ],
};

const RULES: readonly AssetRuleBody[] = [
  {
    id: fakeId(801),
    position: 1,
    pattern: 'web-*',
    note: 'What everybody can reach',
    set: { criticality: 'high', owner: 'Team Web', tags: ['shop', 'web'] },
    assets: 41,
    version: 1,
  },
  {
    id: fakeId(802),
    position: 2,
    pattern: '*',
    note: null,
    set: { environment: 'production' },
    assets: 305,
    version: 3,
  },
];

const COUNTS = { added: 12, changed: 3, unchanged: 180, refused: 1 };
const IMPORTS = [
  { id: fakeId(901), source: 'network', at: wire(-2 * HOUR_MS), by: 'ada', ...COUNTS, undoneAt: null },
  {
    ...{ id: fakeId(902), source: 'a-list-with-a-long-name-that-no-line-breaks-in-the-middle-of-it', by: 'otto' },
    ...{ at: wire(-9 * DAY_MS), ...COUNTS, undoneAt: wire(-8 * DAY_MS) },
  },
];

const DOUBLES: readonly AssetDouble[] = [
  {
    cause: 'machine-id',
    shared: '3f0c9a6be1d94d0fa2f5b1c7d8e90a11',
    sentence: 'One machine id, and one of them reports: the machine was enrolled anew. Merge them.',
    assets: [
      { id: fakeId(1), name: 'web-1.example.org', origin: 'agent', lastHeard: wire(-50_000) },
      { id: fakeId(3), name: 'web-1.example.org', origin: 'agent', lastHeard: wire(-40 * DAY_MS) },
    ],
    keep: fakeId(1),
  },
  {
    cause: 'name',
    shared: 'core-sw-1',
    sentence: 'Several hosts of this name report: two machines. Rename one, or leave them.',
    assets: [
      { id: fakeId(2), name: 'core-sw-1', origin: 'import', lastHeard: wire(-DAY_MS) },
      { id: fakeId(4), name: 'core-sw-1', origin: 'api', lastHeard: null },
    ],
    keep: null,
  },
];

const REMOVED: readonly RemovedAsset[] = [
  {
    ...{ id: fakeId(903), name: 'old-1.example.org', origin: 'agent', removedAt: wire(-3 * DAY_MS), removedBy: 'ada' },
    ...{ why: 'a new disk', mergedInto: { id: fakeId(1), name: 'web-1.example.org' } },
  },
];

export type FakeChangesRouteId =
  | 'asset.facets'
  | 'asset.change-many'
  | 'asset.undo-many'
  | 'freeze.list'
  | 'freeze.import'
  | 'freeze.undo'
  | 'group.list'
  | 'group.set'
  | 'group.remove'
  | 'rule.list'
  | 'rule.set'
  | 'rule.remove'
  | 'rule.apply'
  | 'asset.imports'
  | 'asset.doubles'
  | 'asset.removed';

/** Changes of many, groups and rules of the fake: it answers as if it did them, two requests for each. */
export function fakeChanges(assets: ReadonlyMap<string, Asset>): Handlers<FakeChangesRouteId> {
  const asked = new Map<string, number>();
  const changed = (id: string, kind: AssetsChanged['kind'], preview: boolean, total: number): AssetsChanged => {
    const times = (asked.get(id) ?? 0) + (preview ? 0 : 1);
    asked.set(id, times);
    const done = !preview && times > 1;
    const worked = done ? 'done' : 'running';
    const [one] = assets.values();
    return {
      id,
      kind,
      state: preview ? 'preview' : worked,
      begunAt: wire(0),
      total,
      changed: Math.max(0, total - 2),
      unchanged: 1,
      refused: 1,
      remaining: done ? 0 : Math.ceil(total / 2),
      items: [
        {
          assetId: fakeId(77),
          name: 'gone-1.example.org',
          outcome: 'refused',
          why: 'changed-since',
          sentence: 'Somebody changed it since; look at it and change it by itself.',
          changes: [],
        },
        {
          assetId: one?.id ?? fakeId(1),
          name: one?.name ?? 'web-1',
          outcome: 'changed',
          why: null,
          sentence: null,
          changes: [{ field: 'criticality', before: 'normal', after: 'high' }],
        },
      ],
      keptByHand: kind === 'rules' ? 3 : 0,
      undoneBy: null,
    };
  };
  const rule = (id: string): AssetRuleBody => ({ ...(RULES[0] ?? fail()), id });
  return {
    'asset.facets': () =>
      Promise.resolve({
        total: assets.size,
        facets: ASSET_FACETS.map((name) => ({
          name,
          values: facetValues(name, [...assets.values()]),
          more: name === 'owner',
        })),
      }),
    'asset.change-many': async ({ body: { key, of, preview } }) =>
      changed(key, 'set', preview, of.kind === 'ids' ? of.ids.length : of.total),
    'asset.undo-many': async ({ body: { key } }) => changed(key, 'undo', false, 4),
    'freeze.list': () => Promise.resolve({ items: [CALENDAR] }),
    'freeze.import': async ({ body }) => ({
      calendar: { ...CALENDAR, name: body.name },
      unread: [{ title: 'Party', why: 'it has no length' }],
      groups: [{ name: 'sunday', windows: 64, lost: 2, shortened: 1 }],
    }),
    'freeze.undo': () => Promise.resolve({ name: CALENDAR.name, restored: null }),
    'group.list': () => Promise.resolve({ items: [...GROUPS], next: null, total: GROUPS.length }),
    'group.set': async ({ params, body }) => ({
      ...body,
      name: params.name,
      assets: 0,
      next: [],
      tzdata: '2026a',
      version: body.version + 1,
    }),
    'group.remove': () => Promise.resolve({}),
    'rule.list': () => Promise.resolve({ items: [...RULES], total: RULES.length }),
    'rule.set': async ({ params }) => rule(params.id),
    'rule.remove': () => Promise.resolve({}),
    'rule.apply': async ({ body: { key, preview } }) => changed(key, 'rules', preview, 41),
    'asset.imports': () => Promise.resolve({ items: [...IMPORTS], total: IMPORTS.length }),
    'asset.doubles': () => Promise.resolve({ items: [...DOUBLES], total: DOUBLES.length }),
    'asset.removed': () => Promise.resolve({ items: [...REMOVED], total: REMOVED.length }),
  };
}

function fail(): never {
  throw new Error('the fake has no rule');
}

function facetValues(name: (typeof ASSET_FACETS)[number], assets: readonly Asset[]) {
  const counts = new Map<string | null, number>();
  for (const asset of assets) {
    const value = facetValue(name, asset);
    if (value !== undefined) counts.set(value, (counts.get(value) ?? 0) + 1);
  }
  return [...counts].map(([value, count]) => ({ value, assets: count }));
}

function facetValue(name: (typeof ASSET_FACETS)[number], asset: Asset): string | null | undefined {
  switch (name) {
    case 'criticality':
    case 'exposure':
    case 'environment':
    case 'origin':
    case 'owner':
    case 'maintenanceGroup':
      return asset[name];
    case 'release':
      return asset.release === null ? 'unknown' : `${asset.release.id}:${asset.release.versionId}`;
    case 'support':
      return asset.support.state;
    case 'lane':
      return asset.nextDue?.lane ?? 'none';
    case 'stale':
      return asset.stale ? 'yes' : 'no';
    case 'ring':
    case 'redundancyGroup':
    case 'tag':
    case 'reboot':
    case 'exploited':
    case 'judged':
      return undefined;
  }
}
