import type { InstalledPackage, OfferedUpdate, Origins, PackageSet, UpdateOffers } from '@patchsteward/core/vocabulary';
import { type Host, hostPath } from '../../host/host.ts';
import { readRelease } from '../../host/release.ts';
import { readTextIfPresent } from '../../platform/files.ts';
import type { PackageManager, PackageSections, Workplace } from '../contract.ts';
import { stampOf } from '../stamp.ts';
import { type Apt, AptError, withApt } from './apt.ts';
import { aptName, nativeArchitecture } from './apt-name.ts';
import { type IndexTarget, parseIndexTargets } from './index-targets.ts';
import { kernelsOf } from './kernels.ts';
import { type PackageOrigins, readOffers, withOrigins } from './offers.ts';
import { readOrigins } from './origins.ts';
import { ownedFiles } from './owned-files.ts';
import { parsePolicies } from './policy.ts';
import { readPins } from './preferences.ts';
import { DEB_INPUTS } from './stamp.ts';
import { hasStatus, readStatus } from './status-files.ts';

/** One line per package; a thousand upgrades stay below this. */
const FLAG_BYTES_MAX = 1024 * 1024;
/** As much of apt's complaint as the contract carries. */
const COMPLAINT_CHARACTERS_MAX = 1_000;

export const deb: PackageManager = {
  ecosystem: 'deb',
  runsOn: hasStatus,
  stamp: (host) => stampOf(host, DEB_INPUTS),
  installed: readStatus,
  readSections,
  nativeArchitecture,
  kernels: kernelsOf,
  ownedFiles,
  rebootRequiredBy: readRequiredBy,
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
    return await withApt(host, place, (apt) => readFromApt(apt, host, packages));
  } catch (error) {
    if (!(error instanceof AptError)) throw error;
    return { packages, updates: [], origins: [], unanswered: error.message.slice(0, COMPLAINT_CHARACTERS_MAX) };
  }
}

async function readFromApt(apt: Apt, host: Host, packages: readonly InstalledPackage[]): Promise<AptAnswer> {
  const native = nativeArchitecture(packages) ?? '';
  const names = packages.map((installed) => aptName(installed, native));
  const policies = parsePolicies(await apt.askForAll('apt-cache', ['policy'], names));
  const targets = parseIndexTargets(await apt.ask('apt-get', ['indextargets']));
  const pins = await readPins(host);
  const known: PackageOrigins = { native, policies, targets: byDescription(targets), pins };
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

/**
 * What hooks of packages left for whoever restarts the host. Exactly this file: others below /run with a like name
 * belong to other programs.
 */
async function readRequiredBy(host: Host): Promise<readonly string[] | null> {
  const flag = await readTextIfPresent(hostPath(host, '/run/reboot-required'), FLAG_BYTES_MAX);
  if (flag === null) return null;
  const names = (await readTextIfPresent(hostPath(host, '/run/reboot-required.pkgs'), FLAG_BYTES_MAX)) ?? '';
  return [...new Set(names.split('\n').map((name) => name.trim()))].filter((name) => name !== '');
}
