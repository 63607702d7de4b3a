import { describe, expect, it } from 'vitest';
import { figureOf } from './measure.ts';

const times = (count: number, ms: number) => Array.from({ length: count }, () => ms);

describe('the figure of a route', () => {
  it('is over all its questions, and names the slowest', () => {
    const figure = figureOf(['/fast', '/slow'], [times(96, 10), times(4, 150)], 20_000);

    expect(figure).toEqual({
      ...{ calls: 100, p50Ms: 10, p95Ms: 10, maxMs: 150, limitMs: 100, ofLimit: 0.1, withinLimit: true, rows: 20_000 },
      slowest: { path: '/slow', p95Ms: 150 },
    });
  });

  it.each([
    [99.99, true],
    [100, false],
    [130, false],
  ])('at a p95 of %d ms is within the limit: %s', (ms, withinLimit) => {
    expect(figureOf(['/one'], [times(20, ms)], null)).toMatchObject({ p95Ms: ms, withinLimit, rows: null });
  });

  it('needs a question and an answer', () => {
    expect(() => figureOf([], [], null)).toThrow(RangeError);
    expect(() => figureOf(['/one'], [[]], null)).toThrow(RangeError);
  });
});
