import type { Host } from '../host/host.ts';
import type { Log } from '../platform/log.ts';
import type { SelfCommand } from './run-probe.ts';
import type { Units } from './units.ts';

/** What a runner works with: its host, its clocks, and what it may start. */
export interface RunnerTools {
  readonly host: Host;
  readonly units: Units;
  readonly systemd: boolean;
  readonly self: SelfCommand;
  readonly bootId: string | null;
  /** The wall clock: what is signed is in its terms. */
  readonly now: () => number;
  /** Since boot, while suspended as well. */
  readonly boottimeMs: () => number;
  /** Since boot, as systemd dates its units. */
  readonly monotonicMs: () => number;
  readonly wait: (ms: number) => Promise<void>;
  readonly log: Log;
  /** How long a lock of the package manager is waited for before it blocks a work order. */
  readonly lockWaitMs: number;
  readonly needsReboot: () => Promise<boolean>;
  readonly reboot: () => Promise<void>;
}
