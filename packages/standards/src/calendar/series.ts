import { DAY_MS, type Instant } from '@patchsteward/core/vocabulary';
import ICAL from 'ical.js';
import { bareTime, type Clock, midnightBefore, type Wall, wallOf, wallOn } from './clock.ts';

/** A freeze every day for ten years, and far more than anybody means. */
const TURNS_MAX = 4_000;
/** No rule of a calendar leads a reader further than this, also one that can never be met. */
const TURNS_IN_VAIN_MAX = 20_000;

interface Series {
  /** When each begins, by the clock of the event. */
  readonly begins: readonly Wall[];
  /** It goes on after them. */
  readonly goesOn: boolean;
}

export type SeriesResult = Series | { readonly problem: string };

/** All turns of an event until then, without those that are taken out. // RFC 5545 §3.8.5 */
export function seriesOf(event: ICAL.Component, start: ICAL.Time, clock: Clock, until: Instant): SeriesResult {
  const begins = new Set<Wall>([wallOf(start)]);
  let goesOn = false;
  for (const property of event.getAllProperties('rrule')) {
    const rule = property.getFirstValue();
    if (!(rule instanceof ICAL.Recur)) return { problem: 'its rule cannot be read' };
    const turns = turnsOf(byTheWall(rule, start, clock), start, until);
    if (turns === null) return { problem: `it comes more than ${TURNS_MAX} times` };
    for (const turn of turns.begins) begins.add(turn);
    goesOn ||= turns.goesOn;
  }
  for (const property of event.getAllProperties('rdate')) {
    for (const value of property.getValues()) {
      if (!(value instanceof ICAL.Time)) return { problem: 'it names further times with a length of their own' };
      begins.add(wallOn(clock, value));
    }
  }
  const gone = excludedBy(event, clock);
  return { begins: [...begins].filter((wall) => !gone(wall)).sort((a, b) => a - b), goesOn };
}

/** The end of a rule in the time of the event, so that its last turn is not lost to an offset. */
function byTheWall(rule: ICAL.Recur, start: ICAL.Time, clock: Clock): ICAL.Recur {
  const bare = rule.clone();
  if (bare.until === null || bare.until === undefined) return bare;
  const wall = wallOn(clock, bare.until);
  const untilEndOfDay = bare.until.isDate && !start.isDate ? wall + DAY_MS - 1_000 : wall;
  bare.until = bareTime(start.isDate ? midnightBefore(untilEndOfDay) : untilEndOfDay, start.isDate);
  return bare;
}

function turnsOf(rule: ICAL.Recur, start: ICAL.Time, until: Instant): Series | null {
  const iterator = rule.iterator(bareTime(wallOf(start), start.isDate));
  const begins: Wall[] = [];
  for (let turn = 0; turn < TURNS_IN_VAIN_MAX; turn += 1) {
    const next = iterator.next();
    if (next === null || next === undefined) return { begins, goesOn: false };
    const wall = wallOf(next);
    if (wall > until + DAY_MS) return { begins, goesOn: true };
    begins.push(wall);
    if (begins.length > TURNS_MAX) return null;
  }
  return null;
}

/** A day that is taken out takes every turn of it. */
function excludedBy(event: ICAL.Component, clock: Clock): (wall: Wall) => boolean {
  const walls = new Set<Wall>();
  const days = new Set<Wall>();
  for (const property of event.getAllProperties('exdate')) {
    for (const value of property.getValues()) {
      if (value instanceof ICAL.Time) (value.isDate ? days : walls).add(wallOn(clock, value));
    }
  }
  return (wall) => walls.has(wall) || days.has(midnightBefore(wall));
}
