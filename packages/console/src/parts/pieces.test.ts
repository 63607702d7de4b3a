import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { piecesOf } from './pieces.ts';

const keyOf = (index: number): string => `row ${index}`;

describe('piecesOf', () => {
  it('puts a gap before, between and after the rows that are there', () => {
    const rows = [
      { index: 2, start: 140, end: 160 },
      { index: 3, start: 160, end: 180 },
      { index: 9, start: 280, end: 300 },
    ];

    expect(piecesOf(rows, 100, 400, keyOf)).toEqual([
      { kind: 'gap', heightPx: 40, key: 'gap before row 2' },
      { kind: 'row', index: 2, key: 'row 2' },
      { kind: 'row', index: 3, key: 'row 3' },
      { kind: 'gap', heightPx: 100, key: 'gap before row 9' },
      { kind: 'row', index: 9, key: 'row 9' },
      { kind: 'gap', heightPx: 100, key: 'gap after row 9' },
    ]);
  });

  it('tells apart a row that two pages have', () => {
    const rows = [
      { index: 0, start: 0, end: 20 },
      { index: 1, start: 20, end: 40 },
    ];

    const keys = piecesOf(rows, 0, 40, () => 'wandered').map(({ key }) => key);

    expect(keys).toEqual(['wandered', 'wandered again at 1']);
  });

  it('is nothing for an empty list', () => {
    expect(piecesOf([], 100, 100, keyOf)).toEqual([]);
  });

  it('always fills the height of the list', () => {
    const heights = fc.array(fc.integer({ min: 1, max: 200 }), { minLength: 1, maxLength: 40 });
    fc.assert(
      fc.property(heights, fc.integer({ min: 0, max: 500 }), fc.func(fc.boolean()), (sizes, top, isThere) => {
        const placed = sizes.map((size, index) => {
          const start = top + sizes.slice(0, index).reduce((sum, height) => sum + height, 0);
          return { index, start, end: start + size };
        });
        const there = placed.filter(({ index }) => isThere(index));
        const bottom = placed.at(-1)?.end ?? top;

        const height = piecesOf(there, top, bottom, keyOf).reduce(
          (sum, piece) => sum + (piece.kind === 'gap' ? piece.heightPx : (sizes[piece.index] ?? 0)),
          0,
        );

        expect(height).toBe(bottom - top);
      }),
    );
  });
});
