import {
  type InstalledPackage,
  type OfferedUpdate,
  type Origins,
  type PackageSet,
  releaseOf,
  type UpdateOffers,
} from '@patchsteward/core/vocabulary';
import { type Host, hostPath } from '../../host/host.ts';
import { readTextIfPresent } from '../../platform/files.ts';
import { Problem } from '../../platform/problem.ts';
import type { PackageManager, PackageSections, Workplace } from '../contract.ts';
import { type Apt, AptError, withApt } from './apt.ts';
import { aptName, nativeArchitecture } from './apt-name.ts';
import { type IndexTarget, parseIndexTargets } from './index-targets.ts';
import { kernelsOf } from './kernels.ts';
import { type PackageOrigins, readOffers, withOrigins } from './offers.ts';
import { readOrigins } from './origins.ts';
import { ownedFiles } from './owned-files.ts';
import { parsePolicies } from './policy.ts';
import { stampOf } from './stamp.ts';
import { hasStatus, readStatus } from './status-files.ts';

const OS_RELEASE_BYTES_MAX = 64 * 1024;
/** As much of apt's complaint as the contract carries. */
const COMPLAINT_CHARACTERS_MAX = 1_000;

export const deb: PackageManager = {
  ecosystem: 'deb',
  runsOn: hasStatus,
  stamp: (host) => stampOf(host),
  installed: readStatus,
  readSections,
  nativeArchitecture,
  kernels: kernelsOf,
  ownedFiles,
};

async function readSections(host: Host, place: Workplace): Promise<PackageSections> {
  const release = await readRelease(host);
  const answer = await askApt(host, place, await readStatus(host));
  return {
    packages: { ecosystem: 'deb', release, packages: answer.packages, publishers: publishersOf(answer) },
    updates: { updates: answer.updates, unanswered: answer.unanswered },
    origins: { origins: answer.origins },
  };
}

interface AptAnswer extends UpdateOffers, Origins {
  readonly packages: readonly InstalledPackage[];
  readonly updates: readonly OfferedUpdate[];
}

/** What is installed is dpkg's to say and stays true where apt cannot answer; the rest is then not known, not empty. */
async function askApt(host: Host, place: Workplace, packages: readonly InstalledPackage[]): Promise<AptAnswer> {
  try {
    return await withApt(host, place, (apt) => readFromApt(apt, packages));
  } catch (error) {
    if (!(error instanceof AptError)) throw error;
    return { packages, updates: [], origins: [], unanswered: error.message.slice(0, COMPLAINT_CHARACTERS_MAX) };
  }
}

async function readFromApt(apt: Apt, packages: readonly InstalledPackage[]): Promise<AptAnswer> {
  const native = nativeArchitecture(packages) ?? '';
  const names = packages.map((installed) => aptName(installed, native));
  const policies = parsePolicies(await apt.askForAll('apt-cache', ['policy'], names));
  const targets = parseIndexTargets(await apt.ask('apt-get', ['indextargets']));
  const known: PackageOrigins = { native, policies, targets: byDescription(targets) };
  return {
    packages: packages.map((installed) => withOrigins(installed, known)),
    updates: await readOffers(apt, packages, known),
    origins: await readOrigins(targets),
    unanswered: null,
  };
}

function byDescription(targets: readonly IndexTarget[]): Map<string, IndexTarget> {
  return new Map(targets.map((target) => [target.description, target]));
}

function publishersOf(answer: AptAnswer): PackageSet['publishers'] {
  const named = new Set(answer.packages.flatMap((installed) => installed.origins ?? []));
  const publishers = new Map(answer.origins.map((origin) => [origin.id, origin.publisher]));
  return [...named].sort().map((origin) => ({ origin, publisher: publishers.get(origin) ?? null }));
}

/** // os-release(5): /etc first, then /usr/lib */
async function readRelease(host: Host): Promise<PackageSet['release']> {
  for (const path of ['/etc/os-release', '/usr/lib/os-release']) {
    const text = await readTextIfPresent(hostPath(host, path), OS_RELEASE_BYTES_MAX);
    const release = text === null ? null : releaseOf(text);
    if (release !== null) return release;
  }
  throw new ReleaseUnknownError(host.root);
}

class ReleaseUnknownError extends Problem {
  constructor(root: string) {
    super(
      'release-unknown',
      `no etc/os-release below ${root} names an operating system`,
      'restore the file with its line ID=..., see os-release(5)',
    );
  }
}
