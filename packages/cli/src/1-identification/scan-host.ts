import { Problem, parseDpkgStatus, readInventory } from '@patchsteward/agent/package-managers';
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

/** The host whose files are given, or this machine. */
export async function readHost({ dpkgStatus, osRelease }: ScanOptions): Promise<ScannedHost> {
  if ((dpkgStatus === undefined) !== (osRelease === undefined)) {
    throw new Failure(
      '--dpkg-status and --os-release belong together',
      'give both files of the same host, or neither to scan this machine',
      { exitCode: EXIT.usage },
    );
  }
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
  try {
    const { packages, updates, origins, system } = await readInventory();
    return { packageSet: packages, offers: updates, origins, system };
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
        'check the package database of the host (dpkg --audit), then copy it again',
      );
    }
  }
  return host;
}
