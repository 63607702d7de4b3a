import { VERSION_ORDERS } from '@patchsteward/core/versions';
import type { InstalledPackage, OfferedUpdate, OriginId } from '@patchsteward/core/vocabulary';
import type { Apt } from './apt.ts';
import { aptName } from './apt-name.ts';
import { type IndexTarget, originOfSource } from './index-targets.ts';
import { phasedAway } from './phasing.ts';
import { barredByPin, keepingPin } from './pins.ts';
import type { Policy, PolicyVersion } from './policy.ts';
import { type Pin, pinWords } from './preferences.ts';
import { readRecords } from './records.ts';

/** A package whose candidate is above what is installed. */
interface Upgrade {
  readonly installed: InstalledPackage;
  readonly aptName: string;
  /** More than one entry: origins list different files under one version, and which one apt takes is not told. */
  readonly versions: readonly PolicyVersion[];
  readonly candidate: string;
}

export interface PackageOrigins {
  readonly native: string;
  readonly policies: ReadonlyMap<string, Policy>;
  readonly targets: ReadonlyMap<string, IndexTarget>;
  /** Of apt's preferences. */
  readonly pins: readonly Pin[];
}

/** The candidates above the installed versions, each with the origins, the file and the phase that apt gives it. */
export async function readOffers(
  apt: Apt,
  packages: readonly InstalledPackage[],
  known: PackageOrigins,
): Promise<OfferedUpdate[]> {
  const upgrades = packages.flatMap((installed) => upgradeOf(installed, known));
  const records = await readRecords(
    apt,
    upgrades.map((upgrade) => `${upgrade.aptName}=${upgrade.candidate}`),
  );
  const phased = upgrades.filter(isPhased).map((upgrade) => upgrade.aptName);
  const waiting = await phasedAway(apt, phased, known.native);

  return upgrades.map(({ installed, aptName: name, versions, candidate }) => {
    const record = records.find(installed.name, candidate, installed.architecture);
    return {
      name: installed.name,
      architecture: installed.architecture,
      from: installed.version,
      to: candidate,
      source: record?.source ?? installed.name,
      sourceVersion: record?.sourceVersion ?? candidate,
      origins: originsOf(versions, known.targets),
      sha256: versions.length === 1 ? (record?.sha256 ?? null) : null,
      sizeBytes: versions.length === 1 ? (record?.sizeBytes ?? null) : null,
      phased: waiting.has(name),
    };
  });
}

/** The installed package with the origins that list exactly its version. */
export function withOrigins(installed: InstalledPackage, known: PackageOrigins): InstalledPackage {
  const policy = known.policies.get(aptName(installed, known.native));
  // In a half state apt may count the package as not installed: then it says nothing of this version.
  if (policy === undefined || policy.installed !== installed.version) return installed;
  const barred = barredByPin(policy);
  const pin = barred === null ? null : keepingPin(policy, barred, known.pins, installed);
  return {
    ...installed,
    hold: installed.hold || barred !== null,
    ...(pin === null ? {} : { pin: pinWords(pin) }),
    origins: originsOf(
      policy.versions.filter((version) => version.installed),
      known.targets,
    ),
  };
}

function upgradeOf(installed: InstalledPackage, known: PackageOrigins): Upgrade[] {
  const name = aptName(installed, known.native);
  const policy = known.policies.get(name);
  if (policy === undefined) return [];
  // What a pin keeps away is offered, and its package held: it is there, and the administrator can let it come.
  const candidate = barredByPin(policy)?.version ?? policy.candidate;
  if (candidate === null) return [];
  // A pin above 1000 makes a lower version the candidate; that is a downgrade and no update.
  if (VERSION_ORDERS.deb.compare(candidate, installed.version) <= 0) return [];
  const versions = policy.versions.filter((version) => version.version === candidate);
  return [{ installed, aptName: name, versions, candidate }];
}

function isPhased(upgrade: Upgrade): boolean {
  return upgrade.versions.some((version) => version.phasedPercent < 100);
}

function originsOf(versions: readonly PolicyVersion[], targets: ReadonlyMap<string, IndexTarget>): OriginId[] {
  const sources = versions.flatMap((version) => version.sources);
  return [...new Set(sources.map((source) => originOfSource(source, targets)))].sort();
}
