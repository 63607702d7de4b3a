import { VERSION_ORDERS } from '@patchsteward/core/versions';
import type { InstalledPackage, ReplacedCode, SystemState } from '@patchsteward/core/vocabulary';
import type { PackageManager } from '../package-managers/contract.ts';
import { AGENT_VERSION } from '../version.ts';
import { readBoot, readMachineId } from './boot.ts';
import { isContainer } from './container.ts';
import type { Host } from './host.ts';
import { readStaleProcesses } from './processes.ts';
import { rebootReasons } from './reboot.ts';

/** What was said last, and whether the package manager changed files since. */
export interface PreviousSystem {
  readonly state: SystemState;
  readonly filesReplaced: boolean;
}

/** The section `system`: what runs, beside what is installed. */
export async function readSystem(
  host: Host,
  manager: PackageManager,
  packages: readonly InstalledPackage[],
  previous: PreviousSystem | null,
): Promise<SystemState> {
  const boot = await readBoot(host);
  const before = previous !== null && previous.state.bootId === boot.bootId ? previous : null;
  const container = await isContainer(host);
  const kernels = container ? [] : manager.kernels(packages);
  const reasons = rebootReasons(
    {
      release: boot.kernelRelease,
      build: boot.kernelBuild,
      container,
      kernels,
      requiredBy: await manager.rebootRequiredBy(host, boot.bootedAt),
    },
    VERSION_ORDERS[manager.ecosystem],
  );
  return {
    hostname: boot.hostname,
    machineId: await readMachineId(host),
    architecture: manager.nativeArchitecture(packages) ?? process.arch,
    bootId: boot.bootId,
    // The kernel computes it from a clock that is being adjusted: within one boot the first answer stays.
    bootedAt: before?.state.bootedAt ?? boot.bootedAt,
    runningKernel: boot.kernelRelease,
    installedKernels: kernels,
    container,
    rebootNeeded: reasons.length > 0,
    rebootReasons: reasons,
    ...(needsNone(before) ? { restartNeeded: [] } : await readRestarts(host, manager)),
    agentVersion: AGENT_VERSION,
  };
}

/** All processes were looked at and none ran replaced code; no package was replaced since, so none can run any now. */
function needsNone(before: PreviousSystem | null): boolean {
  return before !== null && !before.filesReplaced && before.state.restartNeeded?.length === 0;
}

/**
 * Units and processes whose code was replaced under them, sorted. Found ones are told even where this user may not look
 * at every process; but that none is needed can be said only after looking at all of them.
 */
async function readRestarts(
  host: Host,
  manager: PackageManager,
): Promise<Pick<SystemState, 'restartNeeded' | 'replacedCode'>> {
  const { stale, complete } = readStaleProcesses(host);
  const owned = await manager.ownedFiles(host, new Set(stale.flatMap((process) => process.paths)));
  const users = new Map<string, Set<string>>();
  for (const { name, paths } of stale) {
    for (const path of paths) {
      const replaced = owned.get(path);
      if (replaced !== undefined) users.set(replaced, (users.get(replaced) ?? new Set()).add(name));
    }
  }
  if (users.size === 0) return { restartNeeded: complete ? [] : null };
  const replacedCode: ReplacedCode[] = [...users]
    .map(([name, by]) => ({ package: name, users: [...by].sort() }))
    .sort((one, other) => (one.package < other.package ? -1 : 1));
  return { restartNeeded: [...new Set(replacedCode.flatMap((one) => one.users))].sort(), replacedCode };
}
