import { describe, expect, it } from 'vitest';
import { distanceText, dueText, momentText } from './time-text.ts';

const NOW = Date.parse('2026-11-22T12:00:00Z');
const after = (seconds: number) => new Date(NOW + seconds * 1_000).toISOString();

it('a moment is the same for every reader', () => {
  expect(momentText('2026-11-24T16:53:07.123Z')).toBe('2026-11-24 16:53 UTC');
});

describe('the distance', () => {
  it.each([
    [0, 'in moments'],
    [-59, 'moments ago'],
    [60, 'in 1 minute'],
    [-119, '1 minute ago'],
    [120, 'in 2 minutes'],
    [7_199, 'in 119 minutes'],
    [7_200, 'in 2 hours'],
    [-172_799, '47 hours ago'],
    [172_800, 'in 2 days'],
    [-86_400 * 400, '400 days ago'],
  ])('of %i seconds is "%s"', (seconds, expected) => {
    expect(distanceText(after(seconds), NOW)).toBe(expected);
  });
});

it.each([
  [{ due: after(7_200), late: false }, 'in 2 hours'],
  [{ due: after(-7_200), late: true }, '2 hours late'],
])('a due time: %j', (due, expected) => {
  expect(dueText(due, NOW)).toBe(expected);
});
