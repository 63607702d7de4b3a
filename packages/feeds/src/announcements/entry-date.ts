import type { Precision } from '@patchsteward/core/1-identification';
import type { Instant } from '@patchsteward/core/vocabulary';
import { instantOf, instantOfDay } from '../instant.ts';

export interface EntryDate {
  readonly at: Instant;
  readonly precision: Precision;
}

/** `Tue, 03 Nov 2026 09:15:00 +0100`, as mail writes it, with what people leave out. // RFC 822 §5, RFC 5322 §3.3 */
const MAIL_DATE =
  /^(?:[a-z]{3,9},?\s+)?(\d{1,2})\s+([a-z]{3})[a-z]{0,6}\.?\s+(\d{4}|\d{2})\s+(\d{1,2}):(\d{2})(?::(\d{2}))?\s*([a-z]{1,5}|[+-]\d{4})?$/i;
/** Longer texts are no dates; a pattern need not look at them. */
const DATE_CHARACTERS_MAX = 100;

const MONTHS = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'];

/** Zones that have names; any other name says nothing, and means UTC. // RFC 5322 §4.3 */
const ZONES: Readonly<Record<string, string>> = {
  edt: '-04:00',
  est: '-05:00',
  cdt: '-05:00',
  cst: '-06:00',
  mdt: '-06:00',
  mst: '-07:00',
  pdt: '-07:00',
  pst: '-08:00',
};

/** A year of two digits is of this century below 50, else of the last one. // RFC 5322 §4.3 */
const CENTURY_TURNS_AT = 50;

/** The instant of a date as feeds write it; null where it is none. // RSS 2.0 pubDate, RFC 4287 §3.3, W3C-DTF */
export function entryDateOf(text: string): EntryDate | null {
  const trimmed = text.trim();
  if (trimmed.length > DATE_CHARACTERS_MAX) return null;
  const day = instantOfDay(trimmed);
  if (day !== null) return { at: day, precision: 'day' };
  const at = instantOf(withSeconds(trimmed)) ?? instantOfMail(trimmed);
  return at === null ? null : { at, precision: 'time' };
}

/** W3C-DTF leaves the seconds out where it likes. */
function withSeconds(text: string): string {
  return text.replace(/^(\d{4}-\d{2}-\d{2}T\d{2}:\d{2})(Z|[+-]\d{2}:\d{2})$/, '$1:00$2');
}

function instantOfMail(text: string): Instant | null {
  const [, day = '', month = '', year = '', hour = '', minute = '', second = '00', zone = ''] =
    MAIL_DATE.exec(text) ?? [];
  const place = MONTHS.indexOf(month.toLowerCase());
  if (place === -1) return null;
  const date = `${fullYear(year)}-${twoDigits(String(place + 1))}-${twoDigits(day)}`;
  return instantOf(`${date}T${twoDigits(hour)}:${minute}:${second}${zoneOf(zone)}`);
}

function zoneOf(zone: string): string {
  if (/^[+-]/.test(zone)) return `${zone.slice(0, 3)}:${zone.slice(3)}`;
  return ZONES[zone.toLowerCase()] ?? 'Z';
}

function fullYear(year: string): string {
  if (year.length === 4) return year;
  return `${Number(year) < CENTURY_TURNS_AT ? '20' : '19'}${year}`;
}

function twoDigits(number: string): string {
  return number.padStart(2, '0');
}
