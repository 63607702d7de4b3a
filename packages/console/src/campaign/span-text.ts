import { instantOf, readerZone } from '../platform/time.ts';

interface Span {
  readonly from: string;
  readonly until: string;
}

/** `Sat 14 Mar 2026, 05:10 – 06:10`; the day of the end only where it is another one. */
export function spanText({ from, until }: Span, zone: string = readerZone()): string {
  const begins = partsOf(from, zone);
  const ends = partsOf(until, zone);
  return begins.day === ends.day
    ? `${begins.day}, ${begins.time} – ${ends.time}`
    : `${begins.day}, ${begins.time} – ${ends.day}, ${ends.time}`;
}

function partsOf(wire: string, timeZone: string): { readonly day: string; readonly time: string } {
  const instant = instantOf(wire);
  const day = new Intl.DateTimeFormat('en-GB', {
    ...{ timeZone, weekday: 'short', day: 'numeric', month: 'short', year: 'numeric' },
  }).format(instant);
  const time = new Intl.DateTimeFormat('en-GB', {
    ...{ timeZone, hour: '2-digit', minute: '2-digit', hour12: false },
  }).format(instant);
  return { day, time };
}
