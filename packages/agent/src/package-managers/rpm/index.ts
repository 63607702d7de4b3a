import type { InstalledPackage, OfferedUpdate, Origins, UpdateOffers } from '@patchsteward/core/vocabulary';
import type { Host } from '../../host/host.ts';
import { readRelease } from '../../host/release.ts';
import { commonestArchitecture } from '../commonest-architecture.ts';
import type { PackageManager, PackageSections, Workplace } from '../contract.ts';
import { stampOf } from '../stamp.ts';
import { readDatabase } from './database.ts';
import { databasePlace } from './database-place.ts';
import { type Dnf, DnfError, withDnf } from './dnf.ts';
import { withBroken } from './duplicates.ts';
import { readHolds, withHolds } from './holds.ts';
import { kernelsOf } from './kernels.ts';
import { readOffers } from './offers.ts';
import { readSnapshots, readSources, withSources } from './origins.ts';
import { ownedFiles } from './owned-files.ts';
import { rebootRequiredBy } from './reboot.ts';
import { parseRepositories } from './repositories.ts';
import { RPM_INPUTS } from './stamp.ts';

/** As much of dnf's complaint as the contract carries. */
const COMPLAINT_CHARACTERS_MAX = 1_000;

export const rpm: PackageManager = {
  ecosystem: 'rpm',
  runsOn: async (host) => (await databasePlace(host)) !== null,
  stamp: (host) => stampOf(host, RPM_INPUTS),
  installed: (host) => readDatabase(host),
  readSections,
  nativeArchitecture: commonestArchitecture,
  kernels: kernelsOf,
  ownedFiles,
  rebootRequiredBy,
};

async function readSections(host: Host, place: Workplace): Promise<PackageSections> {
  const release = await readRelease(host);
  const held = withHolds(await readDatabase(host, place.signal), await readHolds(host));
  const answer = await askDnf(host, place, held);
  const named = new Set(answer.packages.flatMap((installed) => installed.origins ?? []));
  return {
    packages: {
      ecosystem: 'rpm',
      release,
      packages: answer.packages,
      publishers: [...named].sort().map((origin) => ({ origin, publisher: null })),
    },
    updates: { ecosystem: 'rpm', updates: answer.updates, unanswered: answer.unanswered },
    origins: { origins: answer.origins },
  };
}

interface DnfAnswer extends UpdateOffers, Origins {
  readonly packages: readonly InstalledPackage[];
  readonly updates: readonly OfferedUpdate[];
}

/** What is installed is rpm's to say and stays true where dnf cannot answer; the rest is then not known, not empty. */
async function askDnf(host: Host, place: Workplace, packages: readonly InstalledPackage[]): Promise<DnfAnswer> {
  try {
    return await withDnf(host, place, (dnf) => readFromDnf(dnf, packages));
  } catch (error) {
    if (!(error instanceof DnfError)) throw error;
    return { packages, updates: [], origins: [], unanswered: error.message.slice(0, COMPLAINT_CHARACTERS_MAX) };
  }
}

async function readFromDnf(dnf: Dnf, packages: readonly InstalledPackage[]): Promise<DnfAnswer> {
  const repositories = parseRepositories(await dnf.ask(['repolist', '--verbose']));
  const whole = await withBroken(dnf, packages);
  return {
    packages: withSources(whole, await readSources(dnf), repositories),
    updates: await readOffers(dnf, packages, repositories),
    origins: await readSnapshots(dnf, repositories),
    unanswered: null,
  };
}
