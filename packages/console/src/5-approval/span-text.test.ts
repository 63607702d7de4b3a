import { expect, it } from 'vitest';
import { spanIn } from './span-text.ts';

const FROM = '2026-11-23T21:00:00Z';

it.each([
  ['within a day', '2026-11-23T22:30:00Z', 'UTC', 'Mon, 23 Nov 2026, 21:00 – 22:30 UTC', null],
  ['over midnight', '2026-11-24T01:00:00Z', 'UTC', 'Mon, 23 Nov 2026, 21:00 – Tue, 24 Nov 2026, 01:00 UTC', null],
  [
    'elsewhere, where the day is another',
    '2026-11-23T23:30:00Z',
    'Europe/Berlin',
    'Mon, 23 Nov 2026, 22:00 – Tue, 24 Nov 2026, 00:30 Europe/Berlin',
    'Mon, 23 Nov 2026, 21:00 – 23:30 UTC',
  ],
  [
    'far east',
    '2026-11-23T22:00:00Z',
    'Asia/Tokyo',
    'Tue, 24 Nov 2026, 06:00 – 07:00 Asia/Tokyo',
    'Mon, 23 Nov 2026, 21:00 – 22:00 UTC',
  ],
])('a window %s', (_, until, zone, local, utc) => {
  expect(spanIn({ from: FROM, until }, zone)).toEqual({ local, utc });
});
