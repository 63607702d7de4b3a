const UNITS: readonly (readonly [unit: string, ms: number])[] = [
  ['d', 86_400_000],
  ['h', 3_600_000],
  ['m', 60_000],
  ['s', 1_000],
];

/** A length of time as it is typed: `7d`, `90m`, `36h`; in the largest unit of which it is a whole number. */
export function spanText(ms: number): string {
  if (ms === 0) return '0';
  const [unit, unitMs] = UNITS.find(([, length]) => ms % length === 0) ?? ['ms', 1];
  return `${ms / unitMs}${unit}`;
}

/** Milliseconds of `4h`, `90m` or `1d`; undefined where it is nothing like that. */
export function spanOf(text: string): number | undefined {
  const [, count, unit] = /^(\d{1,6})([dhms])$/.exec(text) ?? [];
  const found = UNITS.find(([name]) => name === unit);
  return count === undefined || found === undefined ? undefined : Number(count) * found[1];
}
