import { statfs } from 'node:fs/promises';
import type { Leaf } from '@patchsteward/core/plan';
import { type Host, hostPath } from '../host/host.ts';
import { isAuditClean, queryInstalled } from '../package-managers/deb/installed-state.ts';
import { findLockHolder } from '../package-managers/deb/lock-holder.ts';
import { driftBetween, simulate } from '../package-managers/deb/transaction.ts';
import type { JobFiles } from './next-step.ts';
import { blocked, type Refusal } from './refusal.ts';
import { hasSystemd, readServices } from './service-state.ts';

/** Archives unpack to a multiple of their size, and dpkg keeps the old files beside the new ones while it works. */
const UNPACKED_FACTOR = 4;
const DISK_FACTOR = 2;
const DISK_RESERVE_BYTES = 500 * 1024 * 1024;
const LOOK_EVERY_MS = 1_000;

export interface PreflightTools {
  readonly host: Host;
  readonly wait: (ms: number) => Promise<void>;
  readonly boottimeMs: () => number;
  readonly lockWaitMs: number;
  /** The environment of root's own apt. */
  readonly environment: Readonly<Record<string, string>>;
  readonly stateDirectory: string;
  /** Has dpkg finish what it began; to its end, however long that takes. */
  readonly mend: () => Promise<void>;
}

/** Enough room for all of it, before a byte is copied. */
export async function checkDisk(leaf: Leaf, { host, stateDirectory }: PreflightTools): Promise<Refusal | null> {
  const archives = leaf.changes.reduce((sum, { sizeBytes }) => sum + sizeBytes, 0);
  const needed = new Map([
    [stateDirectory, DISK_FACTOR * archives + DISK_RESERVE_BYTES],
    ...['/', '/usr', '/var/lib/dpkg'].map((path): [string, number] => [
      hostPath(host, path),
      DISK_FACTOR * UNPACKED_FACTOR * archives + DISK_RESERVE_BYTES,
    ]),
  ]);
  for (const [path, bytes] of needed) {
    const { bavail, bsize } = await statfs(path);
    if (bavail * bsize < bytes)
      return blocked(
        'disk-space-low',
        `${path} has ${mebibytes(bavail * bsize)} MiB free and needs ${mebibytes(bytes)} MiB`,
      );
  }
  return null;
}

/** Nobody else installs; what an interruption left is mended first; and apt would do exactly what was signed. */
export async function checkPackages(leaf: Leaf, files: JobFiles, tools: PreflightTools): Promise<Refusal | null> {
  return (
    (await checkLock(tools)) ??
    (await checkWhole(tools)) ??
    (await checkHolds(leaf)) ??
    (await checkDrift(leaf, files, tools)) ??
    (await checkServices(leaf, tools))
  );
}

/** Waits for the lock of the package manager, and names who holds it. */
export async function checkLock({
  host,
  wait,
  boottimeMs,
  lockWaitMs,
}: Pick<PreflightTools, 'host' | 'wait' | 'boottimeMs' | 'lockWaitMs'>): Promise<Refusal | null> {
  const until = boottimeMs() + lockWaitMs;
  for (;;) {
    const holder = await findLockHolder(host);
    if (holder === null) return null;
    if (boottimeMs() >= until)
      return blocked('package-manager-busy', `${holder.name} (process ${holder.pid}) holds the lock`);
    await wait(LOOK_EVERY_MS);
  }
}

async function checkWhole({ mend }: PreflightTools): Promise<Refusal | null> {
  if (await isAuditClean()) return null;
  await mend();
  if (await isAuditClean()) return null;
  const broken = (await queryInstalled()).filter(({ whole }) => !whole).map(({ name }) => name);
  return blocked('package-broken', `dpkg --audit is not clean: ${broken.join(', ')}`);
}

async function checkHolds(leaf: Leaf): Promise<Refusal | null> {
  const names = new Set(leaf.changes.map(({ name }) => name));
  const held = (await queryInstalled()).find(({ name, hold }) => hold && names.has(name));
  return held === undefined ? null : blocked('fix-held', `${held.name} is on hold`);
}

async function checkDrift(leaf: Leaf, { forward }: JobFiles, { environment }: PreflightTools): Promise<Refusal | null> {
  const simulated = await simulate(forward, environment);
  if ('impossible' in simulated) return blocked('drift', `apt refuses the signed transaction: ${simulated.impossible}`);
  const installed = await queryInstalled();
  const native =
    installed.find(({ name, architecture }) => name === 'dpkg' && architecture !== 'all')?.architecture ?? '';
  const drift = driftBetween(simulated, leaf.changes, native);
  return drift === null ? null : blocked('drift', drift);
}

/** A service that is down before can say nothing of the patch after. */
async function checkServices({ health, restarts }: Leaf, { host }: PreflightTools): Promise<Refusal | null> {
  const units = [...new Set([...health.units, ...restarts])];
  if (units.length === 0) return null;
  if (!(await hasSystemd(host))) return blocked('service-not-running', `${units.join(', ')}: there is no systemd here`);
  const states = await readServices(units);
  const down = states.filter(({ active, known }) => !known || !active).map(({ unit }) => unit);
  return down.length === 0 ? null : blocked('service-not-running', `not active: ${down.join(', ')}`);
}

function mebibytes(bytes: number): number {
  return Math.floor(bytes / (1024 * 1024));
}
