const FIRST_MS = 1_000;
/** As often as the lists ask by themselves. */
const MS_MAX = 60_000;

/** Twice as long after each failure, and no two windows at the same moment. `dice`: 0 to 1. */
export function backoffMs(failures: number, dice: number): number {
  return Math.min(MS_MAX, FIRST_MS * 2 ** (failures - 1)) * (0.5 + dice / 2);
}
