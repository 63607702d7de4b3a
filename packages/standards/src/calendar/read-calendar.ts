import type { Freeze } from '@patchsteward/core/plan';
import { DAY_MS, type Instant } from '@patchsteward/core/vocabulary';
import ICAL from 'ical.js';
import { type Clock, clockOf, freezeOf, type Wall, wallOf, wallOn } from './clock.ts';
import { seriesOf } from './series.ts';

const EVENTS_MAX = 2_000;
/** What one calendar may take out of the windows; each is stored, and read with every plan. */
const FREEZES_MAX = 5_000;

export interface CalendarFreeze {
  readonly uid: string;
  readonly title: string;
  readonly freeze: Freeze;
}

export type CalendarRead =
  | {
      readonly kind: 'read';
      /** In the order of their begins. */
      readonly freezes: readonly CalendarFreeze[];
      /** Events that say no time, or one that cannot be known. */
      readonly unread: readonly { readonly title: string; readonly why: string }[];
      /** Some of them come again after the last instant that was asked for. */
      readonly goesOn: boolean;
    }
  | { readonly kind: 'unreadable'; readonly why: string };

/** The times that an iCalendar file names and that end after `from`; what repeats is followed until `until`. // RFC 5545 */
export function readCalendar(text: string, from: Instant, until: Instant): CalendarRead {
  const calendars = calendarsOf(text);
  if (calendars === null) return { kind: 'unreadable', why: 'it is no iCalendar file, or has a rule that is none' };
  const events = calendars.flatMap((calendar) => eventsOf(calendar));
  if (events.length > EVENTS_MAX) return { kind: 'unreadable', why: `it has more than ${EVENTS_MAX} events` };
  const results = events.map((event) => ({ event, result: readEvent(event, until) }));
  const freezes = results
    .flatMap(({ event: { title, uid }, result }) =>
      'problem' in result ? [] : result.freezes.map((freeze) => ({ uid, title, freeze })),
    )
    .filter(({ freeze }) => roughly(freeze.until) > from - DAY_MS)
    .sort((a, b) => roughly(a.freeze.from) - roughly(b.freeze.from));
  if (freezes.length > FREEZES_MAX) return { kind: 'unreadable', why: `it names more than ${FREEZES_MAX} times` };
  return {
    kind: 'read',
    freezes,
    unread: results.flatMap(({ event, result }) =>
      'problem' in result ? [{ title: event.title, why: result.problem }] : [],
    ),
    goesOn: results.some(({ result }) => 'goesOn' in result && result.goesOn),
  };
}

function calendarsOf(text: string): ICAL.Component[] | null {
  try {
    const parsed: unknown[] = ICAL.parse(text);
    // One calendar is a component, several are a list of them.
    const list = typeof parsed[0] === 'string' ? [parsed] : parsed;
    const components = list.flatMap((one) => (Array.isArray(one) ? [new ICAL.Component(one)] : []));
    return components.length > 0 && components.every(({ name }) => name === 'vcalendar') ? components : null;
  } catch {
    // The library throws whatever it stumbles over; that it does is all there is to know.
    return null;
  }
}

interface CalendarEvent {
  readonly calendar: ICAL.Component;
  readonly component: ICAL.Component;
  readonly uid: string;
  readonly title: string;
  /** Its turns that were moved or canceled, by what they were. */
  readonly moved: readonly ICAL.Component[];
}

/** Canceled ones are none; a moved turn of a series that is here too is told with its series, and stands for itself. */
function eventsOf(calendar: ICAL.Component): CalendarEvent[] {
  const all = calendar.getAllSubcomponents('vevent');
  const isCanceled = (event: ICAL.Component) => textOf(event, 'status').toUpperCase() === 'CANCELLED';
  const moved = Map.groupBy(
    all.filter((event) => event.hasProperty('recurrence-id')),
    (event) => textOf(event, 'uid'),
  );
  return all
    .filter((event) => !isCanceled(event))
    .map((component) => {
      const uid = textOf(component, 'uid');
      const title = textOf(component, 'summary') || uid || 'an event without a name';
      const isTurn = component.hasProperty('recurrence-id');
      return { calendar, component, uid, title, moved: isTurn ? [] : (moved.get(uid) ?? []) };
    });
}

function textOf(component: ICAL.Component, name: string): string {
  const value = component.getFirstPropertyValue(name);
  return typeof value === 'string' ? value : '';
}

type EventRead = { readonly freezes: readonly Freeze[]; readonly goesOn: boolean } | { readonly problem: string };

/** The library decodes a value when it is asked for, and throws where it cannot. */
function readEvent(event: CalendarEvent, until: Instant): EventRead {
  try {
    return freezesOf(event, until);
  } catch {
    return { problem: 'its times cannot be read' };
  }
}

function freezesOf({ calendar, component, moved }: CalendarEvent, until: Instant): EventRead {
  const startProperty = component.getFirstProperty('dtstart');
  const start = startProperty?.getFirstValue();
  if (startProperty === null || !(start instanceof ICAL.Time)) return { problem: 'it says no begin' };
  const clock = clockOf(startProperty, calendar);
  if (clock === null) return { problem: 'it names a zone that nobody knows' };
  const end = endOf(component, calendar, start, clock);
  if ('problem' in end) return end;
  const series = seriesOf(component, start, clock, until);
  if ('problem' in series) return series;
  if (moved.some((turn) => turn.getFirstProperty('recurrence-id')?.getParameter('range') !== undefined)) {
    return { problem: 'all of its later turns were moved at once' };
  }
  const gone = new Set(moved.map((turn) => recurrenceOf(turn, clock)));
  const begins = series.begins.filter((wall) => !gone.has(wall));
  if (begins.length > 1 && end.clock !== clock) return { problem: 'it repeats, and begins and ends in two zones' };
  const lengthMs = end.wall - wallOf(start);
  return {
    freezes: begins.map((wall) => freezeOf({ clock, wall }, { clock: end.clock, wall: wall + lengthMs })),
    goesOn: series.goesOn,
  };
}

interface End {
  readonly clock: Clock;
  readonly wall: Wall;
}

/** A day without an end is a day; a time without one is none. // RFC 5545 §3.6.1 */
function endOf(
  component: ICAL.Component,
  calendar: ICAL.Component,
  start: ICAL.Time,
  clock: Clock,
): End | { readonly problem: string } {
  const property = component.getFirstProperty('dtend');
  const end = property?.getFirstValue();
  if (property !== null && end instanceof ICAL.Time) {
    const own = clockOf(property, calendar);
    if (own === null) return { problem: 'it names a zone that nobody knows' };
    const same = JSON.stringify(namesOf(own)) === JSON.stringify(namesOf(clock));
    if (same && wallOf(end) <= wallOf(start)) return { problem: 'it ends before it begins' };
    return { clock: same ? clock : own, wall: wallOf(end) };
  }
  const length = component.getFirstPropertyValue('duration');
  if (length instanceof ICAL.Duration && length.toSeconds() > 0) {
    return { clock, wall: wallOf(start) + length.toSeconds() * 1_000 };
  }
  return start.isDate ? { clock, wall: wallOf(start) + DAY_MS } : { problem: 'it has no length' };
}

function namesOf(clock: Clock): readonly string[] {
  if (clock.kind === 'iana') return [clock.kind, clock.zone];
  return clock.kind === 'described' ? [clock.kind, clock.zone.tzid] : [clock.kind];
}

function recurrenceOf(turn: ICAL.Component, clock: Clock): Wall | null {
  const value = turn.getFirstPropertyValue('recurrence-id');
  return value instanceof ICAL.Time ? wallOn(clock, value) : null;
}

/** Good enough to sort by, and to leave out what is over: the zone of the reader is within a day. */
function roughly(side: Instant | string): Instant {
  return typeof side === 'number' ? side : Date.parse(`${side}Z`);
}
