import type { ServiceOutage } from '@patchsteward/core/job';
import type { ServiceState } from './service-state.ts';

/** An outage with the moment at which it began, on the monotonic clock. */
export interface SeenOutage extends ServiceOutage {
  readonly stoppedMs: number;
}

/** What was known of a unit at the last look, all on the monotonic clock. */
interface Seen {
  /** It runs at least since then: it was last started then, or was not down since. */
  readonly upSinceMs: number;
  readonly lookedMs: number;
  /** When it went down, or was last seen up; null while it is up. */
  readonly downSinceMs: number | null;
}

/**
 * Gathers how long each service was down. systemd keeps the exact times of the last stop and start of a unit, so looking
 * now and then is enough. It forgets the stop of a unit that nothing needs; then the last look that found it up counts:
 * an outage is rather told too long than too short.
 */
export class OutageWatch {
  readonly #sinceMs: number;
  readonly #seen = new Map<string, Seen>();

  /** What happened before `sinceMs` is not our doing, and what is on record is not counted twice. */
  constructor(sinceMs: number, counted: readonly SeenOutage[]) {
    this.#sinceMs = sinceMs;
    for (const { unit, stoppedMs, downMs } of counted) {
      const endedMs = stoppedMs + downMs;
      this.#seen.set(unit, { upSinceMs: endedMs, lookedMs: endedMs, downSinceMs: null });
    }
  }

  /** Outages that ended since the last look. */
  look(states: readonly ServiceState[], nowMs: number): SeenOutage[] {
    return states.flatMap((state) => {
      const before = this.#before(state.unit);
      const stoppedMs = stopOf(state, before);
      const ended = state.active && state.activeSinceMs > before.upSinceMs;
      this.#seen.set(state.unit, {
        upSinceMs: ended ? state.activeSinceMs : before.upSinceMs,
        lookedMs: nowMs,
        downSinceMs: state.active ? null : (stoppedMs ?? before.lookedMs),
      });
      return ended ? [outageOf(state.unit, stoppedMs ?? before.lookedMs, state.activeSinceMs)] : [];
    });
  }

  /** Outages that have not ended. */
  open(states: readonly ServiceState[], nowMs: number): SeenOutage[] {
    return states
      .filter(({ active }) => !active)
      .map((state) => outageOf(state.unit, stopOf(state, this.#before(state.unit)) ?? nowMs, nowMs));
  }

  #before(unit: string): Seen {
    return this.#seen.get(unit) ?? { upSinceMs: this.#sinceMs, lookedMs: this.#sinceMs, downSinceMs: null };
  }
}

/** The exact stop where systemd still knows it, or what was noted when it was found down. */
function stopOf({ activeUntilMs }: ServiceState, { upSinceMs, downSinceMs }: Seen): number | null {
  return activeUntilMs > upSinceMs ? activeUntilMs : downSinceMs;
}

function outageOf(unit: string, stoppedMs: number, untilMs: number): SeenOutage {
  return { unit, downMs: Math.max(untilMs - stoppedMs, 0), stoppedMs };
}

/** One sum for each unit, in the order of the units; a unit without an outage was down for 0 ms. */
export function sumOutages(units: readonly string[], outages: readonly ServiceOutage[]): ServiceOutage[] {
  return units.map((unit) => ({
    unit,
    downMs: outages.filter((outage) => outage.unit === unit).reduce((sum, { downMs }) => sum + downMs, 0),
  }));
}
