import fc from 'fast-check';
import { expect, it } from 'vitest';
import { type HostKind, HostKinds } from './host-kinds.ts';

const kind = (
  packageSet: number,
  runningSource: number | null = null,
  sharesKernel = false,
  lingering: number[] = [],
): HostKind => ({
  ...{ packageSet, runningSource, sharesKernel, lingering },
});

it('counts the hosts of each kind, and knows of which one a host is', () => {
  const kinds = new HostKinds();
  for (const [slot, one] of [
    kind(7),
    kind(8),
    kind(7),
    kind(7, 1),
    kind(7, null, true),
    kind(7, null, false, [3]),
  ].entries()) {
    kinds.tell(slot, one);
  }

  expect(kinds.counted()).toEqual([
    { number: 0, kind: kind(7), assets: 2 },
    { number: 1, kind: kind(8), assets: 1 },
    { number: 2, kind: kind(7, 1), assets: 1 },
    { number: 3, kind: kind(7, null, true), assets: 1 },
    { number: 4, kind: kind(7, null, false, [3]), assets: 1 },
  ]);
  expect([kinds.of(2), kinds.of(3), kinds.of(9)]).toEqual([0, 2, undefined]);
});

it('leaves out a kind that nobody is of any more', () => {
  const kinds = new HostKinds();
  kinds.tell(0, kind(7));
  expect(kinds.counted()).toEqual([{ number: 0, kind: kind(7), assets: 1 }]);

  kinds.tell(0, kind(8));

  expect(kinds.counted()).toEqual([{ number: 1, kind: kind(8), assets: 1 }]);
  expect(kinds.size).toBe(2);
});

it('comes to the counts of the last reports, in whatever order they came', () => {
  const anyKind = fc.record({
    packageSet: fc.integer({ min: 1, max: 3 }),
    runningSource: fc.option(fc.integer({ min: 1, max: 2 })),
    sharesKernel: fc.boolean(),
    lingering: fc.subarray([1, 2]),
  });
  fc.assert(
    fc.property(fc.array(fc.tuple(fc.integer({ min: 0, max: 5 }), anyKind)), (reports) => {
      const kinds = new HostKinds();
      for (const [slot, one] of reports) kinds.tell(slot, one);
      const last = [...new Map(reports).values()];

      for (const { kind: one, assets } of kinds.counted()) {
        expect(assets).toBe(last.filter((other) => JSON.stringify(other) === JSON.stringify(one)).length);
      }
      expect(kinds.counted().reduce((sum, { assets }) => sum + assets, 0)).toBe(last.length);
    }),
  );
});
