import fc from 'fast-check';
import { expect, it } from 'vitest';
import { SharedKeys } from './shared-keys.ts';

const sorted = (slots: readonly number[]) => slots.toSorted((one, other) => one - other);

it('names the slots whose key another slot has', () => {
  const keys = new SharedKeys();
  for (const [slot, key] of ['a', 'b', 'a', null, null].entries()) keys.set(slot, key);

  expect(sorted(keys.shared())).toEqual([0, 2]);
  keys.set(2, 'b');
  expect(sorted(keys.shared())).toEqual([1, 2]);
  keys.set(1, null);
  expect(keys.shared()).toEqual([]);
});

it('says after any changes what a walk over all slots says', () => {
  const change = fc.tuple(fc.nat(5), fc.option(fc.constantFrom('a', 'b', 'c')));
  fc.assert(
    fc.property(fc.array(change, { maxLength: 40 }), (changes) => {
      const keys = new SharedKeys();
      const now = new Map<number, string | null>();
      for (const [slot, key] of changes) {
        keys.set(slot, key);
        now.set(slot, key);
      }
      const walked = [...now].filter(
        ([slot, key]) => key !== null && [...now].some(([at, k]) => at !== slot && k === key),
      );
      expect(sorted(keys.shared())).toEqual(sorted(walked.map(([slot]) => slot)));
    }),
  );
});
