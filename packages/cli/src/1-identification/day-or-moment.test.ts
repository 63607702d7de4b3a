import { expect, it } from 'vitest';
import { dayOrMoment } from './day-or-moment.ts';

it.each(['2026-05-01', '2024-02-29', '2026-05-01T12:00:00Z', '2026-05-01T12:00:00.123Z'])('%s is one', (text) => {
  expect(dayOrMoment(text)).toBe(text);
});

it.each(['', 'today', '2026-5-1', '2026-02-29', '2026-13-01', '2026-05-01T24:61:00Z', '2026-05-01T12:00:00+02:00'])(
  '"%s" is none',
  (text) => {
    expect(() => dayOrMoment(text)).toThrow('It must be a day');
  },
);
