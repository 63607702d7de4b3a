import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { WordColumn } from './word-column.ts';

const lists = fc.array(fc.array(fc.constantFrom('', 'a', 'b', 'a b'), { maxLength: 3 }), { maxLength: 30 });

function columnOf(words: readonly (readonly string[])[]): WordColumn {
  const column = new WordColumn();
  for (const [slot, list] of words.entries()) column.set(slot, list);
  return column;
}

describe('a column of words', () => {
  test('gives each slot back what it was told', () => {
    fc.assert(
      fc.property(lists, (words) => {
        const column = columnOf(words);

        expect(column.codes.map((code) => column.lists[code])).toEqual(words);
        expect(column.lists.length).toBeLessThanOrEqual(words.length);
      }),
    );
  });

  test('counts each word once for every place it has in a list', () => {
    fc.assert(
      fc.property(lists, (words) => {
        const counted = columnOf(words).count([...words.keys()]);

        const said: (string | null)[] = words.flatMap((list): (string | null)[] => (list.length === 0 ? [null] : list));
        const expected = [...Map.groupBy(said, (word) => word)].map(([value, all]) => ({ value, assets: all.length }));
        expect(new Set(counted)).toEqual(new Set(expected));
      }),
    );
  });

  test('what is told anew counts no more', () => {
    const column = columnOf([['a'], ['b'], []]);

    column.set(0, ['b']);

    expect(column.count([0, 1])).toEqual([{ value: 'b', assets: 2 }]);
    expect(column.count([2])).toEqual([{ value: null, assets: 1 }]);
  });

  test('asks each distinct list once', () => {
    const asked: (readonly string[])[] = [];

    const allowed = columnOf([['a'], ['a'], ['b']]).allowed((words) => asked.push(words) === 1);

    expect([asked, [...allowed]]).toEqual([
      [['a'], ['b']],
      [1, 0],
    ]);
  });
});
