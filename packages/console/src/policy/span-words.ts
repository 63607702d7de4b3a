import { strings } from '../platform/strings.ts';

const words = strings.policy;
const UNITS = [
  ['day', 86_400_000],
  ['hour', 3_600_000],
  ['minute', 60_000],
  ['second', 1_000],
] as const;

/** Two days are said in hours: so the procedure says them. */
const HOURS_SAID_UP_TO = 72 * 3_600_000;

/** A length of time in the words of the procedure: `48 hours`, `7 days`; exact to the millisecond. */
export function spanWords(ms: number): string {
  if (ms === 0) return words.nothing;
  const [unit, unitMs] =
    UNITS.find(([name, length]) => ms % length === 0 && (name !== 'day' || ms > HOURS_SAID_UP_TO)) ??
    (['second', 1_000] as const);
  const count = ms / unitMs;
  return words.unit[unit](String(count), count === 1);
}
