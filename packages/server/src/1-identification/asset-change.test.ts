import type { AssetChange } from '@patchsteward/contract';
import { expect, test } from 'vitest';
import { decideAssetChange } from './asset-change.ts';

const FIELDS = {
  name: 'db-1',
  kind: 'server',
  criticality: 'normal',
  exposure: 'unknown',
  environment: 'unknown',
  owner: null,
  role: 'database',
  tags: ['a', 'b'],
  maintenanceGroup: null,
  redundancyGroups: [],
  ring: false,
} as const;
const ASSET = { ...FIELDS, id: 'asset-1', version: 4 };

test('what differs is changed, recorded with before and after, and assessed again', () => {
  const decision = decideAssetChange(ASSET, { version: 4, criticality: 'high', owner: 'ops', role: 'database' });

  expect(decision).toEqual({
    kind: 'change',
    version: 5,
    fields: { ...FIELDS, criticality: 'high', owner: 'ops' },
    changes: { criticality: { before: 'normal', after: 'high' }, owner: { before: null, after: 'ops' } },
    leaves: [
      {
        kind: 'asset.changed',
        subject: 'asset-1',
        payload: {
          version: 5,
          changes: { criticality: { before: 'normal', after: 'high' }, owner: { before: null, after: 'ops' } },
        },
      },
    ],
    wishes: [{ kind: 'assess', key: 'asset:asset-1', payload: { assetId: 'asset-1' } }],
  });
});

test.each([
  ['an older version', 3],
  ['a version that is not yet', 5],
])('%s is a conflict', (_, version) => {
  expect(decideAssetChange(ASSET, { version, criticality: 'high' })).toEqual({ kind: 'conflict', version: 4 });
});

test.each<[string, Omit<AssetChange, 'version'>]>([
  ['nothing', {}],
  ['what is so already', { criticality: 'normal', owner: null }],
  ['the same tags in another order, one twice', { tags: ['b', 'a', 'b'] }],
  ['the groups it has', { maintenanceGroup: null, redundancyGroups: [], ring: false }],
])('%s changes nothing', (_, wished) => {
  expect(decideAssetChange(ASSET, { version: 4, ...wished })).toEqual({ kind: 'unchanged' });
});

test('null takes a value away, absence leaves it', () => {
  const decision = decideAssetChange(ASSET, { version: 4, role: null, owner: undefined });

  expect(decision).toMatchObject({ fields: { role: null, owner: null, name: 'db-1' } });
  expect(decision).toMatchObject({ leaves: [{ payload: { changes: { role: { before: 'database', after: null } } } }] });
});

test('groups and ring are changed like the rest, a set of groups in order', () => {
  const wished = { maintenanceGroup: 'sunday', redundancyGroups: ['web', 'db', 'web'], ring: true };

  const decision = decideAssetChange(ASSET, { version: 4, ...wished });

  expect(decision).toMatchObject({
    fields: { ...wished, redundancyGroups: ['db', 'web'] },
    leaves: [
      {
        payload: {
          changes: {
            maintenanceGroup: { before: null, after: 'sunday' },
            redundancyGroups: { before: [], after: ['db', 'web'] },
            ring: { before: false, after: true },
          },
        },
      },
    ],
  });
});

test('what made the change stands in the record beside it', () => {
  const decision = decideAssetChange(ASSET, { version: 4, ring: true }, { rules: ['rule-1'] });

  expect(decision).toMatchObject({ leaves: [{ payload: { version: 5, rules: ['rule-1'] } }] });
});
