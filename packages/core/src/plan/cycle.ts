import { DAY_MS, dateOfDay, dateText, dayOfText, type Instant } from '../vocabulary/index.ts';
import { fallsOn, type MonthlyDay, timeOfDay, type WeeklyDay } from './window-rule.ts';
import { startOfWindow, type ZoneTable } from './zone-clock.ts';

/** Longer than any pause of a server, and than any cadence of a vendor: a wrong year must not become a million turns. */
const HORIZON_DAYS_MAX = 800;

/** Every week. */
type WeeklyCycle = WeeklyDay;

/** In these months, so many days after (or before) their nth weekday: every month, or each quarter as some vendors do. */
interface MonthlyCycle extends MonthlyDay {
  /** 1 to 12, of the nth weekday itself; all of them for every month. */
  readonly months: readonly number[];
}

/** On days that the vendor announces: point releases keep no rule. */
interface AnnouncedCycle {
  readonly kind: 'announced';
  /** `2026-12-12` */
  readonly dates: readonly string[];
}

/** How often the routine campaign of a maintenance plan comes. // SOP S2, decided 22 */
export type CycleRule = WeeklyCycle | MonthlyCycle | AnnouncedCycle;

export interface MaintenanceCycle {
  readonly rule: CycleRule;
  /** So many days before the day of the turn its list of updates is frozen, and people are asked. */
  readonly leadDays: number;
  /** At this time of that day, as clocks show it in the zone: `09:00`. */
  readonly opensAt: string;
}

/** One time that a maintenance plan comes round. Its day names it: there is never a second one of the same day. */
export interface Turn {
  /** `2026-12-08` */
  readonly day: string;
  /** When its list of updates is frozen. */
  readonly opensAt: Instant;
}

/** A turn whose time has come, and what becomes of it. */
export interface DueTurn extends Turn {
  /** `missed`: nobody was there when it was its time, and a later one has come; `paused`: people wanted none. */
  readonly as: 'proposed' | 'missed' | 'paused';
}

/** The first turns that open after an instant. */
export function nextTurns(cycle: MaintenanceCycle, table: ZoneTable, after: Instant, count: number): Turn[] {
  const turns: Turn[] = [];
  for (const turn of turnsAfter(cycle, table, after)) {
    if (turns.length === count) break;
    turns.push(turn);
  }
  return turns;
}

/**
 * What has come since turns were followed. Of several the last is proposed, however late: its updates wait all the same,
 * and the others would ask for nothing that it does not.
 */
export function dueTurns(
  cycle: MaintenanceCycle,
  table: ZoneTable,
  {
    followedUntil,
    now,
    isPaused,
  }: { readonly followedUntil: Instant; readonly now: Instant; readonly isPaused: boolean },
): DueTurn[] {
  const due: Turn[] = [];
  for (const turn of turnsAfter(cycle, table, followedUntil)) {
    if (turn.opensAt > now) break;
    due.push(turn);
  }
  if (isPaused) return due.map((turn) => ({ ...turn, as: 'paused' }));
  return due.map((turn, index) => ({ ...turn, as: index === due.length - 1 ? 'proposed' : 'missed' }));
}

/** In their order: a later day never opens before an earlier one. */
function* turnsAfter(
  { rule, leadDays, opensAt }: MaintenanceCycle,
  table: ZoneTable,
  after: Instant,
): Generator<Turn, void> {
  const time = timeOfDay(opensAt);
  // The day before covers every zone.
  const first = Math.floor(after / DAY_MS) + leadDays - 1;
  for (let day = first; day <= first + HORIZON_DAYS_MAX; day += 1) {
    if (!isTurn(rule, day)) continue;
    const opens = startOfWindow((day - leadDays) * DAY_MS + time, table);
    if (opens > after) yield { day: dateText(dateOfDay(day)), opensAt: opens };
  }
}

function isTurn(rule: CycleRule, day: number): boolean {
  switch (rule.kind) {
    case 'weekly':
      return fallsOn(rule, day);
    case 'monthly':
      return fallsOn(rule, day) && rule.months.includes(dateOfDay(day - rule.offsetDays).month);
    case 'announced':
      return rule.dates.some((date) => dayOfText(date) === day);
  }
}
