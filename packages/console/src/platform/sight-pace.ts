import type { Sight } from './page-places.ts';

/** Pages are asked for at most so often while the reader scrolls: never once per frame. */
export const LOOK_EVERY_MS = 100;
/** Whoever passes more than this between two looks has passed every page before it could come: none is asked for. */
const FLIGHT_PAGES = 3;

/** How the reader moved since the look before. */
type Pace = 'rests' | 'walks' | 'flies';

export function paceOf(before: Sight, now: Sight, pageRows: number): Pace {
  if (now.first === before.first && now.last === before.last) return 'rests';
  return Math.abs(now.first - before.first) <= FLIGHT_PAGES * pageRows ? 'walks' : 'flies';
}
