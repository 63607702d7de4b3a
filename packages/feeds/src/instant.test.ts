import { expect, it } from 'vitest';
import { instantOf, instantOfDay } from './instant.ts';

it.each([
  ['2026-08-07T16:45:47.0648Z', '2026-08-07T16:45:47.064Z'],
  ['2026-08-07T16:45:47Z', '2026-08-07T16:45:47.000Z'],
  ['2026-08-07T16:45:47+02:00', '2026-08-07T14:45:47.000Z'],
  ['2026-08-16T00:00:00+0000', '2026-08-16T00:00:00.000Z'],
  ['2024-02-29T00:00:00Z', '2024-02-29T00:00:00.000Z'],
])('%s is %s', (text, expected) => {
  expect(new Date(instantOf(text) ?? Number.NaN).toISOString()).toBe(expected);
});

it.each([
  ['a placeholder of a converter', '0001-01-01T00:00:00Z'],
  ['a day that does not exist', '2026-02-30T00:00:00Z'],
  ['an hour that does not exist', '2026-02-03T25:00:00Z'],
  ['a day alone', '2026-02-03'],
  ['no zone', '2026-02-03T00:00:00'],
  ['another form', 'Tue, 03 Feb 2026 00:00:00 GMT'],
  ['nothing', ''],
])('%s is no instant: %j', (_, text) => {
  expect(instantOf(text)).toBeNull();
});

it.each([
  ['2026-08-07', Date.UTC(2026, 7, 7)],
  ['2024-02-29', Date.UTC(2024, 1, 29)],
  ['2026-02-29', null],
  ['2026-13-01', null],
  ['0001-01-01', null],
  ['2026-8-7', null],
  ['2026-08-07T00:00:00Z', null],
])('the day %s', (text, expected) => {
  expect(instantOfDay(text)).toBe(expected);
});
