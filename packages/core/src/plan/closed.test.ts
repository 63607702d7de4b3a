import { expect, test } from 'vitest';
import { isClosed } from './closed.ts';
import type { Interval } from './interval.ts';

const span = (from: number, until: number): Interval => ({ from, until });

test.each<[string, Interval[], Interval[], number, boolean]>([
  ['all of it is open', [span(10, 20)], [span(5, 25)], 0, false],
  ['its window is gone', [span(10, 20)], [], 0, true],
  ['a freeze lies in it', [span(10, 20)], [span(5, 12), span(14, 25)], 0, true],
  ['its spare is gone', [span(10, 20), span(30, 40)], [span(5, 25)], 0, true],
  ['what is gone is over', [span(10, 20), span(30, 40)], [span(28, 45)], 20, false],
  ['its rest is open', [span(10, 20)], [span(15, 25)], 15, false],
  ['its rest is not', [span(10, 20)], [span(16, 25)], 15, true],
  ['nothing is ahead', [span(10, 20)], [], 30, false],
  ['two windows meet in it', [span(10, 20)], [span(5, 15), span(15, 25)], 0, false],
])('%s', (_, spans, open, now, closed) => {
  expect(isClosed(spans, open, now)).toBe(closed);
});
