import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { pipeline } from 'node:stream/promises';
import type { ErrorSignature } from '@patchsteward/core/job';
import type { PackageChange } from '@patchsteward/core/plan';
import type { Hash } from '@patchsteward/core/vocabulary';
import { isHash } from '@patchsteward/trust';
import { type DpkgPackage, isAuditClean, queryInstalled } from '../package-managers/deb/installed-state.ts';
import { errorCode } from '../platform/files.ts';
import type { PackageVersions } from './job-record.ts';
import { signalName } from './systemd-units.ts';
import type { Exit } from './units.ts';

/** What dpkg says of the packages of a work order. */
export async function versionsNow(changes: readonly PackageChange[]): Promise<PackageVersions> {
  const installed = byPlace(await queryInstalled());
  return changes.map((change) => ({
    name: change.name,
    architecture: change.architecture,
    version: installed.get(placeOf(change))?.version ?? null,
  }));
}

/** The signed versions are there, whole, and dpkg has nothing to complain of. Null: so it is. */
export async function judgeInstalled(
  changes: readonly PackageChange[],
  exit: Exit | null,
  stage: 'installing' | 'rolling-back',
): Promise<ErrorSignature | null> {
  const installed = byPlace(await queryInstalled());
  const wrong = changes.find((change) => !isAsSigned(change, installed.get(placeOf(change))));
  if (wrong === undefined) {
    return (await isAuditClean()) ? null : { stage: 'verifying', package: null, cause: 'audit-not-clean' };
  }
  return { stage, package: wrong.name, cause: causeOf(exit, wrong, installed.get(placeOf(wrong))) };
}

function isAsSigned({ to }: PackageChange, found: DpkgPackage | undefined): boolean {
  return to === null ? found === undefined : found?.version === to && found.whole;
}

/** Alike on two hosts with the same trouble: no path, no time, no process number. */
function causeOf(exit: Exit | null, change: PackageChange, found: DpkgPackage | undefined): string {
  const state = stateOf(change, found);
  if (exit === null || exit.kind === 'unknown') return state;
  return exit.kind === 'exited' ? `exit-${exit.code} ${state}` : `${signalName(exit.signal)} ${state}`;
}

function stateOf({ to }: PackageChange, found: DpkgPackage | undefined): string {
  if (found === undefined) return 'absent';
  if (found.whole) return 'other-version';
  return found.version === to ? 'not-configured' : 'broken';
}

function byPlace(packages: readonly DpkgPackage[]): Map<string, DpkgPackage> {
  return new Map(packages.map((found) => [placeOf(found), found]));
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
