import { VERSION_ORDERS } from '@patchsteward/core/versions';
import type { IndexSnapshot, InstalledPackage, OfferedUpdate, OriginId } from '@patchsteward/core/vocabulary';
import { compareText } from '../../platform/text.ts';
import type { LoadedRepository } from './indexes.ts';
import type { ListedPackage } from './repository-index.ts';
import type { Wish } from './world.ts';

interface Listed extends ListedPackage {
  readonly repository: LoadedRepository;
}

type Lists = ReadonlyMap<string, readonly Listed[]>;

export function listsOf(repositories: readonly LoadedRepository[]): Lists {
  const lists = new Map<string, Listed[]>();
  for (const repository of repositories) {
    for (const listed of repository.index.packages) {
      const known = lists.get(listed.name);
      if (known === undefined) lists.set(listed.name, [{ ...listed, repository }]);
      else known.push({ ...listed, repository });
    }
  }
  return lists;
}

/** The packages with the repositories whose index lists exactly their version. */
export function withOrigins(packages: readonly InstalledPackage[], lists: Lists): InstalledPackage[] {
  return packages.map((installed) => {
    const listing = (lists.get(installed.name) ?? []).filter(({ version }) => version === installed.version);
    return { ...installed, origins: originsOf(listing) };
  });
}

/**
 * What the repositories list above the installed versions, a tagged repository only for what asks for its tag. What
 * apk would really choose also hangs on dependencies; the highest version is what there is to move to.
 */
export function offersOf(packages: readonly InstalledPackage[], lists: Lists, world: readonly Wish[]): OfferedUpdate[] {
  const tags = new Map(world.flatMap(({ name, tag }) => (tag === null ? [] : [[name, tag] as const])));
  return packages.flatMap((installed): OfferedUpdate[] => {
    const usable = (lists.get(installed.name) ?? []).filter(
      ({ repository }) => repository.tag === null || repository.tag === tags.get(installed.name),
    );
    const newest = usable.toSorted((a, b) => VERSION_ORDERS.apk.compare(b.version, a.version))[0];
    if (newest === undefined || VERSION_ORDERS.apk.compare(newest.version, installed.version) <= 0) return [];
    const same = usable.filter(({ version }) => version === newest.version);
    return [
      {
        name: installed.name,
        architecture: installed.architecture,
        from: installed.version,
        to: newest.version,
        source: newest.origin,
        sourceVersion: newest.version,
        origins: originsOf(same),
        // An index names a package by the hash of a part of its file, not of the file.
        sha256: null,
        sizeBytes: same.length === 1 ? newest.sizeBytes : null,
        phased: false,
      },
    ];
  });
}

/** What the host's copies of the indexes say of themselves, sorted by id. */
export function snapshotsOf(repositories: readonly LoadedRepository[]): IndexSnapshot[] {
  return repositories
    .map(({ origin, tag, index }) => ({
      id: origin,
      publisher: index.signedBy,
      label: index.description,
      suite: tag,
      codename: null,
      // An index carries no date of its own; apk gives its copy that of the server's file.
      date: index.fetchedAt,
      validUntil: null,
      signed: index.signedBy !== null,
    }))
    .sort((a, b) => compareText(a.id, b.id));
}

function originsOf(listing: readonly Listed[]): OriginId[] {
  return [...new Set(listing.map(({ repository }) => repository.origin))].sort();
}
