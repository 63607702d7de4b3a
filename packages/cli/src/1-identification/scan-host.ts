import { Problem, parseDpkgStatus, readInventory, readRoot } from '@patchsteward/agent/package-managers';
import { orderOfSet } from '@patchsteward/core/1-identification';
import {
  type Origins,
  type PackageSet,
  type Release,
  releaseOf,
  type SystemState,
  type UpdateOffers,
} from '@patchsteward/core/vocabulary';
import { EXIT } from '../platform/exit-code.ts';
import { Failure } from '../platform/failure.ts';
import { readInput } from '../platform/read-input.ts';
import type { ScanOptions } from './scan.ts';

/** What is known of the host that is scanned. Copies of files say nothing of what is offered or runs. */
export interface ScannedHost {
  readonly packageSet: PackageSet;
  readonly offers: UpdateOffers | null;
  readonly origins: Origins;
  readonly system: SystemState | null;
}

/** The file has about 15 lines; os-release(5). */
const OS_RELEASE_BYTES_MAX = 1024 * 1024;

/** The host whose files are given, the system below a folder, or this machine. */
export async function readHost({ dpkgStatus, osRelease, root }: ScanOptions): Promise<ScannedHost> {
  if (root !== undefined && (dpkgStatus ?? osRelease) !== undefined) {
    throw new Failure('--root reads all files of a system itself', 'leave out --dpkg-status and --os-release', {
      exitCode: EXIT.usage,
    });
  }
  if ((dpkgStatus === undefined) !== (osRelease === undefined)) {
    throw new Failure(
      '--dpkg-status and --os-release belong together',
      'give both files of the same host, or neither to scan this machine',
      { exitCode: EXIT.usage },
    );
  }
  if (root !== undefined) return withPossibleVersions(await below(root));
  const host = dpkgStatus !== undefined && osRelease !== undefined ? fromFiles(dpkgStatus, osRelease) : thisMachine();
  return withPossibleVersions(await host);
}

async function fromFiles(dpkgStatus: string, osRelease: string): Promise<ScannedHost> {
  const release = await readRelease(osRelease);
  const status = textOf(dpkgStatus, await readInput(dpkgStatus));
  try {
    const packages = parseDpkgStatus(status);
    const packageSet: PackageSet = { ecosystem: 'deb', release, packages, publishers: [] };
    return { packageSet, offers: null, origins: { origins: [] }, system: null };
  } catch (error) {
    if (!(error instanceof Problem)) throw error;
    throw new Failure(`cannot use ${dpkgStatus}: ${error.message}`, error.whatToDo, { cause: error });
  }
}

async function readRelease(path: string): Promise<Release> {
  const release = releaseOf(textOf(path, await readInput(path, OS_RELEASE_BYTES_MAX)));
  if (release !== null) return release;
  throw new Failure(`${path} names no operating system (ID=…)`, 'give a copy of /etc/os-release of the host');
}

/** The text of a file that was read; anything but UTF-8 is refused, not repaired. */
export function textOf(path: string, bytes: Uint8Array): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch (error) {
    throw new Failure(`${path} is not UTF-8 text`, 'check that it is the file you mean', { cause: error });
  }
}

async function thisMachine(): Promise<ScannedHost> {
  const { packages, updates, origins, system } = await orFailure(() => readInventory());
  return { packageSet: packages, offers: updates, origins, system };
}

/** What runs on this machine is not of that system. */
async function below(root: string): Promise<ScannedHost> {
  const { packages, updates, origins } = await orFailure(() => readRoot(root));
  return { packageSet: packages, offers: updates, origins, system: null };
}

async function orFailure<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (!(error instanceof Problem)) throw error;
    throw new Failure(error.message, error.whatToDo, { cause: error });
  }
}

/** A version that cannot be compared would be judged by chance: then the list of packages is not to be trusted at all. */
function withPossibleVersions(host: ScannedHost): ScannedHost {
  const order = orderOfSet(host.packageSet.ecosystem);
  for (const { name, version, source, sourceVersion } of host.packageSet.packages) {
    for (const [what, text] of [
      [name, version],
      [`source ${source}`, sourceVersion],
    ] as const) {
      if (order.isValid(text)) continue;
      throw new Failure(
        `${what} has the impossible version "${text}"`,
        'check the package database of the host (dpkg --audit, rpm --query --all), then copy it again',
      );
    }
  }
  return host;
}
