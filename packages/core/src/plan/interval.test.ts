import fc from 'fast-check';
import { expect, it } from 'vitest';
import { type Interval, merged, within, without } from './interval.ts';

const spans = fc.array(fc.record({ from: fc.integer({ min: 0, max: 40 }), until: fc.integer({ min: 0, max: 40 }) }), {
  maxLength: 8,
});
const inside = (intervals: readonly Interval[], at: number) =>
  intervals.some(({ from, until }) => from <= at && at < until);
const POINTS = Array.from({ length: 41 }, (_, at) => at);

it('merged intervals hold the same points, in order and apart', () => {
  fc.assert(
    fc.property(spans, (intervals) => {
      const result = merged(intervals);

      expect(POINTS.filter((at) => inside(result, at))).toEqual(POINTS.filter((at) => inside(intervals, at)));
      for (const [index, { from, until }] of result.entries()) {
        expect(from).toBeLessThan(until);
        expect(until).toBeLessThan(result[index + 1]?.from ?? Number.POSITIVE_INFINITY);
      }
    }),
  );
});

it('what is taken away is gone, and nothing else', () => {
  fc.assert(
    fc.property(spans, spans, (intervals, others) => {
      expect(POINTS.filter((at) => inside(without(intervals, others), at))).toEqual(
        POINTS.filter((at) => inside(intervals, at) && !inside(others, at)),
      );
    }),
  );
});

it('what lies within is cut to it', () => {
  fc.assert(
    fc.property(spans, fc.integer({ min: 0, max: 40 }), fc.integer({ min: 0, max: 40 }), (intervals, from, until) => {
      expect(POINTS.filter((at) => inside(within(intervals, { from, until }), at))).toEqual(
        POINTS.filter((at) => inside(intervals, at) && from <= at && at < until),
      );
    }),
  );
});
