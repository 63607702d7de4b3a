import { exactLocal, instantOf } from '../platform/time.ts';

export interface SpanText {
  readonly local: string;
  /** null where it would say the same. */
  readonly utc: string | null;
}

/** `Mon 23 Nov 2026, 22:00 – 23:30 Europe/Berlin`; the second day only where it is another. */
export function spanIn({ from, until }: { readonly from: string; readonly until: string }, zone: string): SpanText {
  const local = textIn(instantOf(from), instantOf(until), zone);
  return { local, utc: zone === 'UTC' ? null : textIn(instantOf(from), instantOf(until), 'UTC') };
}

function textIn(from: number, until: number, zone: string): string {
  const begin = exactLocal(from, zone);
  const end = exactLocal(until, zone);
  // The time of day stands behind the last comma.
  const at = end.lastIndexOf(', ');
  const sameDay = begin.startsWith(end.slice(0, at + 1));
  return `${begin} – ${sameDay ? end.slice(at + 2) : end} ${zone}`;
}
