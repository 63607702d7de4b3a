import type { WeekdayText, WindowBody } from '@patchsteward/contract';
import { strings } from '../platform/strings.ts';
import { dateOnly } from '../platform/time.ts';

const words = strings.groups;
const HOUR_MS = 3_600_000;
const MINUTE_MS = 60_000;
/** A window may be the whole week. */
const HOURS_MAX = 168;
/** No further than the shortest month is long. */
const OFFSET_DAYS_MAX = 27;

type Nth = Extract<WindowBody, { kind: 'monthly' }>['nth'];
export const NTHS = [1, 2, 3, 4, 'last'] as const satisfies readonly Nth[];

/** A window as its form holds it, whatever its kind: who changes the kind and back finds what they typed. */
export interface WindowDraft {
  readonly kind: WindowBody['kind'];
  readonly weekday: WeekdayText;
  readonly nth: Nth;
  readonly offsetDays: string;
  readonly date: string;
  readonly start: string;
  readonly hours: string;
}

/** Sunday night is when most houses do it. */
export const USUAL_WINDOW: WindowDraft = {
  ...{ kind: 'weekly', weekday: 'sun', nth: 2, offsetDays: '0', date: '', start: '02:00', hours: '4' },
};

export function windowDraft(window: WindowBody): WindowDraft {
  const { start, durationMs } = window;
  const timed = { ...USUAL_WINDOW, start, hours: hoursText(durationMs) };
  switch (window.kind) {
    case 'weekly':
      return { ...timed, kind: 'weekly', weekday: window.weekday };
    case 'monthly': {
      const { nth, weekday, offsetDays } = window;
      return { ...timed, kind: 'monthly', nth, weekday, offsetDays: String(offsetDays) };
    }
    case 'once':
      return { ...timed, kind: 'once', date: window.date };
  }
}

export function windowBody({ kind, weekday, nth, offsetDays, date, start, hours }: WindowDraft): WindowBody {
  const timed = { start, durationMs: lengthOf(hours) };
  switch (kind) {
    case 'weekly':
      return { kind, weekday, ...timed };
    case 'monthly':
      return { kind, nth, weekday, offsetDays: Number(offsetDays), ...timed };
    case 'once':
      return { kind, date, ...timed };
  }
}

export function isWindow({ kind, offsetDays, date, start, hours }: WindowDraft): boolean {
  if (!/^\d\d:\d\d$/.test(start) || !isLength(hours)) return false;
  if (kind === 'once') return /^\d{4}-\d\d-\d\d$/.test(date);
  return kind === 'weekly' || (/^[+-]?\d{1,2}$/.test(offsetDays) && Math.abs(Number(offsetDays)) <= OFFSET_DAYS_MAX);
}

/** As people say it: `Second Tuesday of the month, 5 days later, 22:00 · 3 h`. */
export function windowWords(window: WindowBody): string {
  const timed = `${window.start} · ${words.hours(hoursText(window.durationMs))}`;
  switch (window.kind) {
    case 'weekly':
      return `${words.weekdays[window.weekday]} ${timed}`;
    case 'monthly':
      return `${words.nthDay(words.nths[window.nth], words.weekdays[window.weekday], window.offsetDays)} ${timed}`;
    case 'once':
      return `${dateOnly(Date.parse(window.date))} ${timed}`;
  }
}

function hoursText(durationMs: number): string {
  return String(Math.round((durationMs / HOUR_MS) * 1_000) / 1_000);
}

function isLength(hours: string): boolean {
  const lengthMs = lengthOf(hours);
  return lengthMs >= MINUTE_MS && lengthMs <= HOURS_MAX * HOUR_MS;
}

/** Whole minutes: nobody means less. */
function lengthOf(hours: string): number {
  return Math.round((Number(hours) * HOUR_MS) / MINUTE_MS) * MINUTE_MS;
}
