import type { PackageCommand } from '../package-managers/acting.ts';

/** How a package manager ended. `unknown`: it is gone, and nobody was there to see it. */
export type Exit =
  | { readonly kind: 'exited'; readonly code: number }
  | { readonly kind: 'signaled'; readonly signal: number }
  | { readonly kind: 'unknown' };

export type UnitState =
  | { readonly kind: 'running' }
  | { readonly kind: 'ended'; readonly exit: Exit }
  /** The machine was started again since, or it never began. */
  | { readonly kind: 'absent' };

export interface UnitOrder {
  /** Never used twice. */
  readonly name: string;
  readonly command: PackageCommand;
  readonly environment: Readonly<Record<string, string>>;
  readonly logPath: string;
}

/**
 * Processes that outlive the runner. A package manager is started and looked at, never signaled: stopping it half-way
 * is the damage that all of this exists to avoid. // rollout S11
 */
export interface Units {
  start(order: UnitOrder): Promise<void>;
  inspect(order: Pick<UnitOrder, 'name' | 'command'>): Promise<UnitState>;
  /** Lets the service manager forget a unit that has ended. */
  forget(name: string): Promise<void>;
}
