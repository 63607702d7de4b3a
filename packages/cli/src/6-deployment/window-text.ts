import type { WeekdayText, WindowBody } from '@patchsteward/contract';
import { spanOf, spanText } from '../platform/span-text.ts';

type Nth = Extract<WindowBody, { kind: 'monthly' }>['nth'];

// Records and not lists: the compiler then misses a word that the contract has and we do not.
const WEEKDAYS: Record<WeekdayText, true> = {
  mon: true,
  tue: true,
  wed: true,
  thu: true,
  fri: true,
  sat: true,
  sun: true,
};
const NTH: Record<Nth, string> = { 1: '1st', 2: '2nd', 3: '3rd', 4: '4th', last: 'last' };
const NTH_OF = new Map<string, Nth>([
  ['1st', 1],
  ['2nd', 2],
  ['3rd', 3],
  ['4th', 4],
  ['last', 'last'],
]);
export const WINDOW_FORMS =
  'It must be a day, a time and a length: "sun 02:00 4h" every week, "2nd tue +5 22:00 3h" every month (five days after ' +
  'the second Tuesday; also 1st, 3rd, 4th, last), or "2026-12-27 20:00 6h" once.';

/** A window as it is typed: `sun 02:00 4h`, `2nd tue +5 22:00 3h`, `2026-12-27 20:00 6h`; undefined: it is none. */
export function windowOf(text: string): WindowBody | undefined {
  const words = text.trim().toLowerCase().split(/\s+/);
  const [start = '', length = ''] = words.slice(-2);
  const durationMs = spanOf(length);
  const day = words.slice(0, -2);
  if (!/^([01]\d|2[0-3]):[0-5]\d$/.test(start) || durationMs === undefined) return undefined;
  const rule = dayRuleOf(day);
  return rule === undefined ? undefined : { ...rule, start, durationMs };
}

/** What comes again and again, or once. */
export type DayRule =
  | { readonly kind: 'weekly'; readonly weekday: WeekdayText }
  | { readonly kind: 'monthly'; readonly nth: Nth; readonly weekday: WeekdayText; readonly offsetDays: number }
  | { readonly kind: 'once'; readonly date: string };

/** The days of a window or of a cycle: `sun`, `2nd tue +5`, `2026-12-27`; undefined: they are none. */
export function dayRuleOf(words: readonly string[]): DayRule | undefined {
  return weeklyOf(words) ?? monthlyOf(words) ?? onceOf(words);
}

function weeklyOf([weekday = '', ...more]: readonly string[]): DayRule | undefined {
  return isWeekday(weekday) && more.length === 0 ? { kind: 'weekly', weekday } : undefined;
}

function monthlyOf([which = '', weekday = '', ...more]: readonly string[]): DayRule | undefined {
  const nth = NTH_OF.get(which);
  const offset = more.join('');
  if (nth === undefined || !isWeekday(weekday) || !/^([+-]\d{1,2}d?)?$/.test(offset)) return undefined;
  return { kind: 'monthly', nth, weekday, offsetDays: Number.parseInt(offset || '0', 10) };
}

function onceOf([date = '', ...more]: readonly string[]): DayRule | undefined {
  return /^\d{4}-\d\d-\d\d$/.test(date) && more.length === 0 ? { kind: 'once', date } : undefined;
}

function isWeekday(text: string): text is WeekdayText {
  return Object.hasOwn(WEEKDAYS, text);
}

/** As it is typed, so that what is read here can be typed again. */
export function windowText(window: WindowBody): string {
  return `${dayRuleText(window)} ${window.start} ${spanText(window.durationMs)}`;
}

export function dayRuleText(rule: DayRule): string {
  switch (rule.kind) {
    case 'weekly':
      return rule.weekday;
    case 'monthly': {
      const { nth, weekday, offsetDays } = rule;
      const sign = offsetDays > 0 ? '+' : '';
      return `${NTH[nth]} ${weekday}${offsetDays === 0 ? '' : ` ${sign}${offsetDays}`}`;
    }
    case 'once':
      return rule.date;
  }
}
