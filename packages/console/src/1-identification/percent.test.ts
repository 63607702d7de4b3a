import { expect, it } from 'vitest';
import { percent } from './percent.ts';

it.each([
  [0.94321, '94.3 %'],
  [1, '100.0 %'],
  [0.0123, '1.23 %'],
  [0.00043, '0.04 %'],
  [0.00001, '< 0.01 %'],
  [0, '0.00 %'],
])('%d reads as %s', (share, text) => {
  expect(percent(share)).toBe(text);
});
