import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { pipeline } from 'node:stream/promises';
import type { ErrorSignature } from '@patchsteward/core/job';
import type { PackageChange } from '@patchsteward/core/plan';
import { VERSION_ORDERS } from '@patchsteward/core/versions';
import type { Hash, Instant } from '@patchsteward/core/vocabulary';
import { isHash } from '@patchsteward/trust';
import type { Host } from '../host/host.ts';
import type { ActingManager, PackageState } from '../package-managers/acting.ts';
import { errorCode } from '../platform/files.ts';
import type { PackageVersions } from './job-record.ts';
import { signalName } from './systemd-units.ts';
import type { Exit } from './units.ts';

/** The packages of this host, and who says what they are. */
export interface Installation {
  readonly manager: ActingManager;
  readonly host: Host;
}

/** What the package manager says of the packages of a work order. */
export async function versionsNow(
  changes: readonly PackageChange[],
  { manager, host }: Installation,
): Promise<PackageVersions> {
  const installed = byPlace(await manager.installed(host));
  const { compare } = VERSION_ORDERS[manager.ecosystem];
  return changes.map((change) => {
    const versions = statesOf(change, installed).map(({ version }) => version);
    // Of several that stand beside each other the newest is what an upgrade is about.
    const version = versions.toSorted(compare).at(-1) ?? null;
    return { name: change.name, architecture: change.architecture, version };
  });
}

/** The signed versions are there, whole, and the package manager has nothing to complain of. Null: so it is. */
export async function judgeInstalled(
  changes: readonly PackageChange[],
  exit: Exit | null,
  stage: 'installing' | 'rolling-back',
  { manager, host }: Installation,
): Promise<ErrorSignature | null> {
  const installed = byPlace(await manager.installed(host));
  const { compare } = VERSION_ORDERS[manager.ecosystem];
  const wrong = changes.find((change) => !isAsSigned(change, statesOf(change, installed), compare));
  if (wrong !== undefined) {
    return { stage, package: wrong.name, cause: causeOf(exit, wrong, statesOf(wrong, installed)) };
  }
  // All versions are right while the scripts of the last package have not run: only the end of the process tells.
  if (!manager.knowsHalfStates && !isGood(exit)) return { stage, package: null, cause: `${exitText(exit)} unfinished` };
  const fault = await manager.auditFiles(host, changes);
  return fault === null ? null : { stage: 'verifying', package: null, cause: 'audit-not-clean' };
}

function isGood(exit: Exit | null): boolean {
  return exit?.kind === 'exited' && exit.code === 0;
}

/** Where versions stand beside each other, the former one stays on the way forward, and the newer one goes on the way back. */
function isAsSigned(
  { from, to }: PackageChange,
  found: readonly PackageState[],
  compare: (a: string, b: string) => number,
): boolean {
  const others = found.filter(({ version }) => version !== to);
  if (!others.every(({ coexists }) => coexists)) return false;
  const goesBack = from !== null && (to === null || compare(to, from) < 0);
  if (goesBack && others.some(({ version }) => version === from)) return false;
  return to === null || found.some(({ version, whole }) => version === to && whole);
}

/** Alike on two hosts with the same trouble: no path, no time, no process number. */
function causeOf(exit: Exit | null, change: PackageChange, found: readonly PackageState[]): string {
  const state = stateOf(change, found);
  return exit === null || exit.kind === 'unknown' ? state : `${exitText(exit)} ${state}`;
}

function exitText(exit: Exit | null): string {
  if (exit === null || exit.kind === 'unknown') return 'exit-unknown';
  return exit.kind === 'exited' ? `exit-${exit.code}` : signalName(exit.signal);
}

function stateOf({ to }: PackageChange, found: readonly PackageState[]): string {
  const [first] = found;
  if (first === undefined) return 'absent';
  if (found.every(({ whole }) => whole)) return 'other-version';
  return found.some(({ version }) => version === to) ? 'not-configured' : 'broken';
}

type ByPlace = ReadonlyMap<string, readonly PackageState[]>;

function byPlace(packages: readonly PackageState[]): ByPlace {
  return Map.groupBy(packages, placeOf);
}

function statesOf(change: PackageChange, installed: ByPlace): readonly PackageState[] {
  return installed.get(placeOf(change)) ?? [];
}

function placeOf({ name, architecture }: { readonly name: string; readonly architecture: string }): string {
  return `${name} ${architecture}`;
}

/** Null: there is no log. */
export async function hashOfLog(path: string): Promise<Hash | null> {
  const hash = createHash('sha256');
  try {
    await pipeline(createReadStream(path), hash);
  } catch (error) {
    if (errorCode(error) === 'ENOENT') return null;
    throw error;
  }
  const text = `sha256:${hash.digest('hex')}`;
  return isHash(text) ? text : null;
}

/** A moment by both clocks; the monotonic one begins anew with each boot. */
interface Moment {
  readonly at: Instant;
  readonly monotonicMs: number;
  readonly bootId: string | null;
}

/**
 * When the work began, by the clock of its end: where somebody set it back meanwhile, no work ends before it began, and
 * the monotonic clock says how long it took.
 */
export function beganAt(begun: Moment, ended: Moment): Instant {
  if (begun.at <= ended.at) return begun.at;
  return begun.bootId === ended.bootId ? ended.at - (ended.monotonicMs - begun.monotonicMs) : ended.at;
}
