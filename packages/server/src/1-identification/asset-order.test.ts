import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { encodeCursor } from '../platform/http/cursor.ts';
import { placeOf, SlotOrder } from './asset-order.ts';

const ID = '01890a5d-ac96-774b-bcce-b302099a8057';

describe('an order of slots', () => {
  test('is what sorting all of them gives, whatever moved since', () => {
    const keys = fc.array(fc.integer({ min: 0, max: 9 }), { minLength: 1, maxLength: 30 });
    const moves = fc.array(fc.tuple(fc.nat(29), fc.integer({ min: 0, max: 9 })), { maxLength: 30 });
    fc.assert(
      fc.property(keys, fc.array(moves, { maxLength: 4 }), (first, rounds) => {
        const key = [...first];
        const compare = (one: number, other: number) => (key[one] ?? 0) - (key[other] ?? 0) || one - other;
        const order = new SlotOrder(compare);
        for (const slot of key.keys()) order.move(slot);

        for (const round of [[], ...rounds]) {
          for (const [at, to] of round) {
            key[at % key.length] = to;
            order.move(at % key.length);
          }
          expect(order.slots()).toEqual([...key.keys()].sort(compare));
        }
      }),
    );
  });
});

describe('a place', () => {
  test.each([
    ['name', 0],
    ['urgent', Date.parse('2026-11-22')],
    ['urgent', Number.MAX_SAFE_INTEGER],
    ['seen', -Number.MAX_SAFE_INTEGER],
    ['findings', -7],
  ] as const)('by %s at %i is taken', (sort, first) => {
    expect(placeOf(encodeCursor([sort, first, 'web-1', ID]), sort)).toEqual([sort, first, 'web-1', ID]);
  });

  test.each([
    ['of another order', ['seen', 0, 'web-1', ID]],
    ['outside of the calendar', ['urgent', Number.MAX_SAFE_INTEGER - 1, 'web-1', ID]],
    ['of an unknown order', ['size', 0, 'web-1', ID]],
    ['without an id', ['urgent', 0, 'web-1', '']],
  ])('%s is refused', (_, values) => {
    expect(() => placeOf(encodeCursor(values), 'urgent')).toThrow(/cursor/);
  });
});
