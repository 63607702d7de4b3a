import type { AssetsSet } from '@patchsteward/contract';
import { describe, expect, it, test } from 'vitest';
import { type BulkAsset, type BulkItem, decideBulkItem } from './bulk-decision.ts';

const ASSET: BulkAsset = {
  id: 'asset-1',
  name: 'web-1',
  kind: 'server',
  criticality: 'normal',
  exposure: 'unknown',
  environment: 'unknown',
  owner: null,
  role: null,
  tags: ['b', 'old'],
  maintenanceGroup: null,
  redundancyGroups: [],
  ring: false,
  version: 4,
  setByHand: ['tags'],
};
const TERMS = { maintenanceGroups: new Set(['sunday']), because: { change: 'change-1' } };

function item(fields: AssetsSet, more: Partial<BulkItem> = {}): BulkItem {
  return { assetId: 'asset-1', fields, versionExpected: null, byHand: null, ...more };
}

describe('one of many', () => {
  it('is changed as by itself, and the record says by which change', () => {
    expect(decideBulkItem(ASSET, item({ criticality: 'high' }), TERMS)).toMatchObject({
      outcome: 'changed',
      version: 5,
      fields: { criticality: 'high', tags: ['b', 'old'] },
      setByHand: ['criticality', 'tags'],
      changes: { criticality: { before: 'normal', after: 'high' } },
      leaves: [{ kind: 'asset.changed', subject: 'asset-1', payload: { version: 5, change: 'change-1' } }],
      wishes: [{ kind: 'assess' }],
    });
  });

  test.each<[string, AssetsSet, readonly string[]]>([
    ['added', { addTags: ['a', 'b'] }, ['a', 'b', 'old']],
    ['removed', { removeTags: ['old', 'none'] }, ['b']],
    ['removed and added', { removeTags: ['old', 'a'], addTags: ['a'] }, ['a', 'b']],
    ['replaced', { tags: ['z'] }, ['z']],
  ])('tags are %s', (_, fields, tags) => {
    expect(decideBulkItem(ASSET, item(fields), TERMS)).toMatchObject({ outcome: 'changed', fields: { tags } });
  });

  test.each<[string, BulkAsset | undefined, BulkItem, string]>([
    ['an id that names none', undefined, item({ ring: true }), 'gone'],
    ['one that was changed since', ASSET, item({ ring: true }, { versionExpected: 3 }), 'changed-since'],
    ['a group that there is not', ASSET, item({ maintenanceGroup: 'monday' }), 'group-gone'],
    [
      'more tags than one may have',
      ASSET,
      item({ addTags: Array.from({ length: 50 }, (_, index) => `t${index}`) }),
      'too-many-tags',
    ],
  ])('%s is refused', (_, asset, one, why) => {
    expect(decideBulkItem(asset, one, TERMS)).toEqual({ outcome: 'refused', why });
  });

  test.each<[string, AssetsSet]>([
    ['what it is', { criticality: 'normal' }],
    ['tags it has', { addTags: ['b'] }],
    ['tags it has not', { removeTags: ['z'] }],
    ['no group', { maintenanceGroup: null }],
  ])('%s leaves it unchanged', (_, fields) => {
    expect(decideBulkItem(ASSET, item(fields), TERMS)).toEqual({ outcome: 'unchanged' });
  });

  it('gets the marks that it is given, where no person set it', () => {
    const given = item({ owner: 'Team Web' }, { versionExpected: 4, byHand: [] });

    expect(decideBulkItem(ASSET, given, TERMS)).toMatchObject({ outcome: 'changed', setByHand: [] });
  });
});
