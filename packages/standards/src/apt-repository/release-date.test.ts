import { expect, it } from 'vitest';
import { instantOfDate } from './release-date.ts';
import { IndexFault } from './release-fault.ts';

it.each([
  ['Sat, 21 Nov 2026 00:53:02 UTC', '2026-11-21T00:53:02.000Z'],
  ['Sat, 21 Nov 2026 00:53:02 GMT', '2026-11-21T00:53:02.000Z'],
  ['Sat, 21 Nov 2026 00:53:02 +0000', '2026-11-21T00:53:02.000Z'],
  ['Sun, 1 Nov 2026 9:05:00 UTC', '2026-11-01T09:05:00.000Z'],
  ['Sun,  1 Nov 2026 09:05:00 Z', '2026-11-01T09:05:00.000Z'],
])('%s', (text, expected) => {
  expect(new Date(instantOfDate(text)).toISOString()).toBe(expected);
});

it.each([
  '',
  '2026-11-21T00:53:02Z',
  'Sat, 31 Feb 2026 00:00:00 UTC',
  'Sat, 21 Foo 2026 00:53:02 UTC',
  'Sat, 21 Nov 2026 24:53:02 UTC',
  'Sat, 21 Nov 2026 00:53:02 +0100',
  'Sat, 21 Nov 2026 00:53:02 UTC x',
])('"%s" is no date', (text) => {
  expect(() => instantOfDate(text)).toThrow(IndexFault);
});
