import { expect, test } from 'vitest';
import { paceOf } from './sight-pace.ts';

const at = (first: number) => ({ first, last: first + 9 });

test.each([
  [at(0), at(0), 'rests'],
  [at(0), { first: 0, last: 12 }, 'walks'],
  [at(0), at(300), 'walks'],
  [at(300), at(0), 'walks'],
  [at(0), at(301), 'flies'],
  [at(19_990), at(0), 'flies'],
] as const)('from %o to %o', (before, now, pace) => {
  expect(paceOf(before, now, 100)).toBe(pace);
});
