import type { VersionRange } from '@patchsteward/core/1-identification';
import { ALL_VERSION_ORDERS } from '@patchsteward/core/versions';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { unionOfRanges } from './union-of-ranges.ts';

const order = ALL_VERSION_ORDERS.loose;
const below = (introduced: string | null, fixed: string | null): VersionRange => ({
  introduced,
  fixed,
  lastAffected: null,
});
const upTo = (introduced: string | null, lastAffected: string): VersionRange => ({
  introduced,
  fixed: null,
  lastAffected,
});

describe('the union of ranges', () => {
  it.each([
    ['of two that begin alike is the longer', [below(null, '4.9.9'), below(null, '4.17.0')], [below(null, '4.17.0')]],
    ['of two that touch is one', [below('2', '3'), below('1', '2')], [below('1', '3')]],
    ['of two apart stays two', [below('3', '4'), below('1', '2')], [below('1', '2'), below('3', '4')]],
    ['keeps the inclusive end', [below('1', '2'), upTo('1', '2')], [upTo('1', '2')]],
    ['without an end has none', [below('1', null), below('2', '3')], [below('1', null)]],
  ])('%s', (_, ranges, expected) => {
    expect(unionOfRanges(ranges, order)).toEqual(expected);
  });

  it('holds what any of them holds, and nothing else', () => {
    const bound = fc.option(fc.integer({ min: 1, max: 9 }).map(String), { nil: null });
    const range = fc.tuple(bound, bound, fc.boolean()).map(([from, to, isInclusive]): VersionRange => {
      const [introduced, end] = from !== null && to !== null && order.compare(from, to) > 0 ? [to, from] : [from, to];
      return isInclusive
        ? { introduced, fixed: null, lastAffected: end }
        : { introduced, fixed: end, lastAffected: null };
    });
    const holds = (ranges: readonly VersionRange[], version: string) =>
      ranges.some(
        ({ introduced, fixed, lastAffected }) =>
          (introduced === null || order.compare(version, introduced) >= 0) &&
          (fixed === null || order.compare(version, fixed) < 0) &&
          (lastAffected === null || order.compare(version, lastAffected) <= 0),
      );
    const versions = ['0.5', ...Array.from({ length: 9 }, (_, at) => [`${at + 1}`, `${at + 1}.5`]).flat()];

    fc.assert(
      fc.property(fc.array(range, { minLength: 1, maxLength: 5 }), (ranges) => {
        const union = unionOfRanges(ranges, order);
        expect(versions.filter((version) => holds(union, version))).toEqual(
          versions.filter((version) => holds(ranges, version)),
        );
      }),
    );
  });
});
