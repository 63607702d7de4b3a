import type { Instant } from '@patchsteward/core/vocabulary';

/** Before the first advisory of anybody. Converters write the year 1 where they know no date. */
const EARLIEST: Instant = Date.UTC(1980, 0, 1);

/** Some write a space for the `T`. // RFC 3339 §5.6 */
const RFC_3339 = /^(\d{4}-\d{2}-\d{2})[T ](\d{2}:\d{2}:\d{2})(?:\.\d+)?(?:Z|[+-]\d{2}:?\d{2})$/;
const DAY = /^\d{4}-\d{2}-\d{2}$/;

/** The instant of an RFC 3339 text; null where it is none, or a day that does not exist, or a placeholder. */
export function instantOf(text: string): Instant | null {
  const match = RFC_3339.exec(text);
  if (match?.[1] === undefined || instantOfDay(match[1]) === null) return null;
  const instant = Date.parse(text);
  return Number.isNaN(instant) || instant < EARLIEST ? null : instant;
}

/** 00:00 UTC of a day written `2026-08-07`; null where there is no such day. */
export function instantOfDay(text: string): Instant | null {
  if (!DAY.test(text)) return null;
  const instant = Date.parse(`${text}T00:00:00Z`);
  // Date.parse may turn 30 February into 2 March: only a day that prints as it was written exists.
  if (Number.isNaN(instant) || new Date(instant).toISOString().slice(0, 10) !== text) return null;
  return instant < EARLIEST ? null : instant;
}
