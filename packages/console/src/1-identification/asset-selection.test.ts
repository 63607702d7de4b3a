import { CHANGED_IDS_MAX } from '@patchsteward/contract';
import { describe, expect, it } from 'vitest';
import { allClicked, clicked, isSelected, NOTHING_SELECTED, SELECTED_MAX, selectedCount } from './asset-selection.ts';

const ROWS = [{ id: 'a' }, { id: 'b' }, undefined, { id: 'd' }, { id: 'e' }];
const idsAfter = (selection: ReturnType<typeof clicked>) =>
  selection.kind === 'all' ? 'all' : [...selection.ids].sort();

describe('a selection', () => {
  it('is as large as one request may be', () => {
    expect(SELECTED_MAX).toBe(CHANGED_IDS_MAX);
  });

  it('gets and loses rows by a click', () => {
    const one = clicked(NOTHING_SELECTED, ROWS, 1, false);

    expect(idsAfter(one)).toEqual(['b']);
    expect(idsAfter(clicked(one, ROWS, 1, false))).toEqual([]);
  });

  it('gets the rows between two clicks with shift, in either direction, without those that are not loaded', () => {
    const one = clicked(NOTHING_SELECTED, ROWS, 3, false);

    expect(idsAfter(clicked(one, ROWS, 0, true))).toEqual(['a', 'b', 'd']);
    expect(idsAfter(clicked(one, ROWS, 4, true))).toEqual(['d', 'e']);
  });

  it('loses the rows between where the last click takes one away', () => {
    const all = allClicked(NOTHING_SELECTED, ROWS);
    const without = clicked(all, ROWS, 0, false);

    expect(idsAfter(clicked(without, ROWS, 1, true))).toEqual(['d', 'e']);
  });

  it('ignores a click on what is not loaded, and shift without a click before is a click', () => {
    expect(clicked(NOTHING_SELECTED, ROWS, 2, false)).toBe(NOTHING_SELECTED);
    expect(idsAfter(clicked(NOTHING_SELECTED, ROWS, 4, true))).toEqual(['e']);
  });

  it('is all that is loaded, then nothing', () => {
    const all = allClicked(clicked(NOTHING_SELECTED, ROWS, 0, false), ROWS);

    expect(idsAfter(all)).toEqual(['a', 'b', 'd', 'e']);
    expect(idsAfter(allClicked(all, ROWS))).toEqual([]);
  });

  it('of all that match counts them all; one taken out leaves the loaded others', () => {
    const all = { kind: 'all' } as const;

    expect([selectedCount(all, 20_000), isSelected(all, 'anything')]).toEqual([20_000, true]);
    expect(idsAfter(clicked(all, ROWS, 0, false))).toEqual(['b', 'd', 'e']);
    expect(idsAfter(allClicked(all, ROWS))).toEqual([]);
  });
});
