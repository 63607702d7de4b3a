import { AssetChange } from '@patchsteward/contract';
import { describe, expect, it } from 'vitest';
import { fakeAssets } from '../platform/testing/fake-assets.ts';
import { changedFields, changeOf, draftOf, rebase } from './asset-draft.ts';

const [base] = fakeAssets();
if (base === undefined) throw new Error('the fake gives no asset');
const draft = draftOf(base);

describe('changeOf', () => {
  it.each([
    ['nothing', {}, {}],
    ['one fact', { criticality: 'critical' }, { criticality: 'critical' }],
    ['an owner who is gone', { owner: '  ' }, { owner: null }],
    ['tags', { tags: 'shop, pci, shop, , new' }, { tags: ['shop', 'pci', 'new'] }],
    ['only spaces', { name: ` ${draft.name} ` }, {}],
    ['a group', { maintenanceGroup: 'sunday', ring: 'yes' }, { maintenanceGroup: 'sunday', ring: true }],
    ['redundancy groups', { redundancyGroups: 'a, b,a' }, { redundancyGroups: ['a', 'b'] }],
    ['several', { exposure: 'internal', role: 'proxy' }, { exposure: 'internal', role: 'proxy' }],
  ] as const)('sends %s', (_, edit, expected) => {
    const change = changeOf(base, { ...draft, ...edit });

    expect(change).toEqual({ version: base.version, ...expected });
    expect(AssetChange.parse(change)).toEqual(change);
  });
});

describe('rebase', () => {
  it('keeps what this person changed and follows the rest', () => {
    const mine = { ...draft, exposure: 'isolated' as const };
    const current = { ...base, criticality: 'low' as const, owner: 'Shop team', version: base.version + 1 };

    const rebased = rebase(base, mine, current);

    expect(changedFields(draftOf(current), rebased)).toEqual(['exposure']);
    expect(changeOf(current, rebased)).toEqual({ version: base.version + 1, exposure: 'isolated' });
  });

  it('is the current state where nothing was changed', () => {
    const current = { ...base, criticality: 'low' as const };

    expect(rebase(base, draft, current)).toEqual(draftOf(current));
  });
});
