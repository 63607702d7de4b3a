import { describe, expect, it, test } from 'vitest';
import { assetsAddress, chipsOf, facetWord, filterOf, toggled, valuesOf } from './asset-filter.ts';

describe('the address of the list of assets', () => {
  it('keeps what is known and leaves the rest', () => {
    const raw = {
      criticality: 'high,critical',
      owner: 'Ada, Bob',
      sort: 'urgent',
      group: 'size',
      nonsense: 'x',
      tag: '',
    };

    expect(assetsAddress(raw)).toEqual({ criticality: 'high,critical', owner: 'Ada, Bob', sort: 'urgent' });
    expect(filterOf(assetsAddress(raw))).toEqual({ criticality: 'high,critical', owner: 'Ada, Bob' });
  });
});

describe('chips', () => {
  it('are one for each value, in words', () => {
    const chips = chipsOf({
      search: 'web',
      criticality: 'high,low',
      owner: 'Ada, Bob',
      without: 'tag',
      stale: 'yes',
      support: 'ended',
    });

    expect(chips.map(({ title, words }) => `${title}: ${words}`)).toEqual([
      'Support of platform or product: Support ended',
      'Criticality: High',
      'Criticality: Low',
      'Owner: Ada, Bob',
      'Without: No tag',
      'Stale: Yes',
    ]);
  });
});

describe('a value', () => {
  test.each([
    [{}, 'criticality', 'high', { criticality: 'high' }],
    [{ criticality: 'high' }, 'criticality', 'low', { criticality: 'high,low' }],
    [{ criticality: 'high,low' }, 'criticality', 'high', { criticality: 'low' }],
    [{ tag: 'a' }, 'tag', 'a', { tag: undefined }],
    [{ stale: 'yes' }, 'stale', 'no', { stale: 'no' }],
    [{ owner: 'Ada' }, 'owner', 'Bob, Eve', { owner: 'Bob, Eve' }],
  ] as const)('of %j, %s %s toggled', (filter, name, value, expected) => {
    expect(toggled(filter, name, value)).toEqual(expected);
  });

  it('of one kind may have a comma', () => {
    expect([valuesOf({ owner: 'a, b' }, 'owner'), valuesOf({ tag: 'a,b' }, 'tag')]).toEqual([['a, b'], ['a', 'b']]);
  });

  test.each([
    ['owner', null, ['without', 'owner']],
    ['maintenanceGroup', null, ['without', 'maintenance-group']],
    ['redundancyGroup', null, ['without', 'redundancy-group']],
    ['release', null, null],
    ['release', 'debian:12', ['release', 'debian:12']],
  ] as const)('of facet %s: %s', (name, value, expected) => {
    expect(facetWord(name, value)).toEqual(expected);
  });
});
