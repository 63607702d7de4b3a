import type { InstalledPackage } from '@patchsteward/core/vocabulary';
import type { Host } from '../../host/host.ts';
import { readRelease } from '../../host/release.ts';
import { commonestArchitecture } from '../commonest-architecture.ts';
import type { PackageManager, PackageSections } from '../contract.ts';
import { stampOf } from '../stamp.ts';
import { databasePath, readDatabase } from './database.ts';
import { IndexMissing, type LoadedRepository, readIndexes } from './indexes.ts';
import { kernelsOf } from './kernels.ts';
import { listsOf, offersOf, snapshotsOf, withOrigins } from './offers.ts';
import { ownedFiles } from './owned-files.ts';
import { IndexUnreadable } from './repository-index.ts';
import { APK_INPUTS } from './stamp.ts';
import { readWorld, type Wish, withHolds } from './world.ts';

/** As much of a complaint as the contract carries. */
const COMPLAINT_CHARACTERS_MAX = 1_000;

export const apk: PackageManager = {
  ecosystem: 'apk',
  runsOn: async (host) => (await databasePath(host)) !== null,
  stamp: (host) => stampOf(host, APK_INPUTS),
  installed: readDatabase,
  readSections,
  nativeArchitecture: commonestArchitecture,
  kernels: kernelsOf,
  ownedFiles,
  // No package of Alpine asks for a reboot.
  rebootRequiredBy: async () => null,
};

async function readSections(host: Host): Promise<PackageSections> {
  const release = await readRelease(host);
  const world = await readWorld(host);
  const packages = withHolds(await readDatabase(host), world);
  const repositories = await indexesOrComplaint(host);
  const answer =
    typeof repositories === 'string'
      ? { packages, updates: [], origins: [], unanswered: repositories.slice(0, COMPLAINT_CHARACTERS_MAX) }
      : answerOf(packages, repositories, world);
  const publishers = new Map(answer.origins.map((origin) => [origin.id, origin.publisher]));
  const named = new Set(answer.packages.flatMap((installed) => installed.origins ?? []));
  return {
    packages: {
      ecosystem: 'apk',
      release,
      packages: answer.packages,
      publishers: [...named].sort().map((origin) => ({ origin, publisher: publishers.get(origin) ?? null })),
    },
    updates: { ecosystem: 'apk', updates: answer.updates, unanswered: answer.unanswered },
    origins: { origins: answer.origins },
  };
}

function answerOf(
  packages: readonly InstalledPackage[],
  repositories: readonly LoadedRepository[],
  world: readonly Wish[],
) {
  const lists = listsOf(repositories);
  return {
    packages: withOrigins(packages, lists),
    updates: offersOf(packages, lists, world),
    origins: snapshotsOf(repositories),
    unanswered: null,
  };
}

/** Without a whole set of indexes updates are not known; what is installed is, all the same. */
async function indexesOrComplaint(host: Host): Promise<readonly LoadedRepository[] | string> {
  try {
    return await readIndexes(host);
  } catch (error) {
    if (error instanceof IndexMissing || error instanceof IndexUnreadable) return error.message;
    throw error;
  }
}
