import type { Instant } from '@patchsteward/core/vocabulary';

/** What time it is in this house. A story that is told in a minute has a clock of its own; everybody else has the machine's. */
export interface HouseTime {
  readonly now: () => Instant;
  /** The longest time, on the clock of the machine, between two looks for what is due. */
  readonly lookMs: () => number;
}

export const LOOK_MS = 1_000;

export const MACHINE_TIME: HouseTime = { now: () => Date.now(), lookMs: () => LOOK_MS };
