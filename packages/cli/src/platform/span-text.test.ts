import { expect, it } from 'vitest';
import { spanOf, spanText } from './span-text.ts';

it.each([
  [0, '0'],
  [1, '1ms'],
  [1_500, '1500ms'],
  [90_000, '90s'],
  [5_400_000, '90m'],
  [7_200_000, '2h'],
  [129_600_000, '36h'],
  [604_800_000, '7d'],
])('%i is %s', (ms, text) => {
  expect(spanText(ms)).toBe(text);
});

it.each([
  ['4h', 14_400_000],
  ['90m', 5_400_000],
  ['1d', 86_400_000],
  ['30s', 30_000],
  ['4', undefined],
  ['-4h', undefined],
  ['4 h', undefined],
  ['4w', undefined],
  ['', undefined],
])('%s is %s', (text, ms) => {
  expect(spanOf(text)).toBe(ms);
});
