import { statfs } from 'node:fs/promises';
import type { HealthChecks, HealthProfile, Leaf } from '@patchsteward/core/plan';
import { type Host, hostPath } from '../host/host.ts';
import type { ActingManager, Environment } from '../package-managers/acting.ts';
import { driftBetween } from '../package-managers/drift.ts';
import { managerOf } from '../package-managers/index.ts';
import { absentFiles } from './host-look.ts';
import type { JobFiles } from './next-step.ts';
import { blocked, type Refusal } from './refusal.ts';
import { hasSystemd, readServices } from './service-state.ts';

/** Archives unpack to a multiple of their size, and the old files stay beside the new ones while that is done. */
const UNPACKED_FACTOR = 4;
const DISK_FACTOR = 2;
const DISK_RESERVE_BYTES = 500 * 1024 * 1024;
const LOOK_EVERY_MS = 1_000;

export interface PreflightTools {
  readonly host: Host;
  readonly wait: (ms: number) => Promise<void>;
  readonly boottimeMs: () => number;
  readonly lockWaitMs: number;
  readonly manager: ActingManager;
  /** The environment of root's own configuration of it. */
  readonly environment: Environment;
  readonly stateDirectory: string;
  /** What of these ports and addresses does not answer. */
  readonly probe: (checks: HealthChecks) => Promise<readonly string[]>;
  /** Has it finish what it began; to its end, however long that takes. */
  readonly mend: () => Promise<void>;
}

/** Enough room for all of it, before a byte is copied. */
export async function checkDisk(
  leaf: Leaf,
  { host, manager, stateDirectory }: PreflightTools,
): Promise<Refusal | null> {
  const archives = leaf.changes.reduce((sum, { sizeBytes }) => sum + sizeBytes, 0);
  const needed = new Map([
    [stateDirectory, DISK_FACTOR * archives + DISK_RESERVE_BYTES],
    ...['/', '/usr', ...manager.growingFolders].map((path): [string, number] => [
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

/** Nobody else installs; what an interruption left is mended first; and exactly what was signed would be done. */
export async function checkPackages(leaf: Leaf, files: JobFiles, tools: PreflightTools): Promise<Refusal | null> {
  return (
    (await checkFamily(leaf, tools)) ??
    (await checkLock(tools)) ??
    (await checkWhole(leaf, tools)) ??
    (await checkHolds(leaf, tools)) ??
    (await checkSignatures(files, tools)) ??
    (await checkDrift(leaf, files, tools)) ??
    (await checkServices(leaf, tools))
  );
}

/** A tool of another family may be installed as well; its database is not what this host is made of. */
async function checkFamily({ ecosystem }: Leaf, { host }: PreflightTools): Promise<Refusal | null> {
  const kept = (await managerOf(host)).ecosystem;
  return kept === ecosystem ? null : blocked('drift', `the order is for ${ecosystem}; ${kept} keeps this host`);
}

/** Waits for the lock of the package manager, and names who holds it. */
export async function checkLock({
  host,
  manager,
  wait,
  boottimeMs,
  lockWaitMs,
}: Pick<PreflightTools, 'host' | 'manager' | 'wait' | 'boottimeMs' | 'lockWaitMs'>): Promise<Refusal | null> {
  const until = boottimeMs() + lockWaitMs;
  for (;;) {
    const holder = await manager.findLockHolder(host);
    if (holder === null) return null;
    if (boottimeMs() >= until)
      return blocked('package-manager-busy', `${holder.name} (process ${holder.pid}) holds the lock`);
    await wait(LOOK_EVERY_MS);
  }
}

async function checkWhole({ changes }: Leaf, { host, manager, mend }: PreflightTools): Promise<Refusal | null> {
  if ((await manager.audit(host, changes)) === null) return null;
  await mend();
  const fault = await manager.audit(host, changes);
  return fault === null ? null : blocked('package-broken', fault);
}

async function checkHolds(leaf: Leaf, { host, manager }: PreflightTools): Promise<Refusal | null> {
  const names = new Set(leaf.changes.map(({ name }) => name));
  const held = (await manager.installed(host)).find(({ name, hold }) => hold && names.has(name));
  return held === undefined ? null : blocked('fix-held', `${held.name} is on hold`);
}

/** The word of whoever built the files, where they bear it: a plan that was signed is no reason to do without. */
async function checkSignatures(
  { forward, back }: JobFiles,
  { manager, environment }: PreflightTools,
): Promise<Refusal | null> {
  const fault = await manager.signatureFault([...forward.files, ...back.files], environment);
  return fault === null ? null : blocked('signature-wrong', fault);
}

async function checkDrift(leaf: Leaf, { forward }: JobFiles, tools: PreflightTools): Promise<Refusal | null> {
  const { host, manager, environment } = tools;
  const simulated = await manager.simulate(forward, environment, host);
  if ('impossible' in simulated) return blocked('drift', `the signed transaction is refused: ${simulated.impossible}`);
  const installed = await manager.installed(host);
  const native =
    installed.find(({ name, architecture }) => name === 'dpkg' && architecture !== 'all')?.architecture ?? '';
  const drift = driftBetween(simulated, leaf.changes, native);
  return drift === null ? null : blocked('drift', drift);
}

/** What does not hold before can say nothing of the patch after. */
async function checkServices({ health, restarts }: Leaf, tools: PreflightTools): Promise<Refusal | null> {
  return (await checkUnits({ health, restarts }, tools)) ?? checkRest(health, tools);
}

async function checkRest(health: HealthProfile, { host, probe }: PreflightTools): Promise<Refusal | null> {
  const missing = [...(await probe(health)), ...(await absentFiles(host, health.further?.files ?? []))];
  return missing.length === 0 ? null : blocked('service-not-running', missing.join(', '));
}

async function checkUnits(
  { health, restarts }: Pick<Leaf, 'health' | 'restarts'>,
  { host }: PreflightTools,
): Promise<Refusal | null> {
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
