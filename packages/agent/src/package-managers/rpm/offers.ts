import { VERSION_ORDERS } from '@patchsteward/core/versions';
import type { InstalledPackage, OfferedUpdate } from '@patchsteward/core/vocabulary';
import { compareText } from '../../platform/text.ts';
import { sha256In } from './checksum.ts';
import type { Dnf } from './dnf.ts';
import { identityOf, newestOf } from './newest.ts';
import { queryFormat } from './origins.ts';
import type { Repository } from './repositories.ts';
import { sourceOf } from './source-file.ts';
import { versionText } from './version-text.ts';

const FIELDS = [
  'name',
  'epoch',
  'version',
  'release',
  'arch',
  'repoid',
  'sourcerpm',
  'downloadsize',
  'chksum',
] as const;

/**
 * What the repositories offer above the installed versions. What an administrator left out for all repositories
 * (`excludepkgs` in the main configuration) is offered and held; what one repository is not to give is not offered.
 */
export async function readOffers(
  dnf: Dnf,
  packages: readonly InstalledPackage[],
  repositories: readonly Repository[],
): Promise<OfferedUpdate[]> {
  const question = ['repoquery', '--upgrades', '--latest-limit=1', '--disableexcludes=main'];
  const answer = await dnf.ask([...question, '--queryformat', queryFormat(FIELDS)]);
  return parseOffers(answer, packages, repositories);
}

export function parseOffers(
  answer: string,
  packages: readonly InstalledPackage[],
  repositories: readonly Repository[],
): OfferedUpdate[] {
  const newest = newestOf(packages);
  const origins = new Map(repositories.map(({ id, origin }) => [id, origin]));
  const offers = new Map<string, OfferedUpdate>();
  for (const line of answer.split('\n')) {
    const [name = '', epoch = '', version = '', release = '', architecture = '', ...file] = line.split('\t');
    const [repository = '', sourceFile = '', size = '', checksum = ''] = file;
    const to = versionText(epoch, version, release);
    const installed = installedOf(name, architecture, newest);
    // Of several installed kernels the newest counts; what is not above it is nothing new.
    if (installed === null || VERSION_ORDERS.rpm.compare(to, installed.version) <= 0) continue;
    const key = identityOf(installed);
    const known = offers.get(key);
    const origin = origins.get(repository) ?? repository;
    if (known !== undefined && known.to === to) {
      // Two repositories list it: which file dnf takes is not told, so no hash is claimed.
      offers.set(key, { ...known, origins: [...known.origins, origin].sort(), sha256: null, sizeBytes: null });
      continue;
    }
    offers.set(key, {
      name,
      architecture: installed.architecture,
      from: installed.version,
      to,
      ...sourceOf(sourceFile, name, to),
      origins: [origin],
      sha256: sha256In(checksum),
      sizeBytes: /^\d{1,15}$/.test(size) ? Number(size) : null,
      phased: false,
      // Of a module only the stream that is switched on is offered.
      ...(installed.module === undefined ? {} : { module: installed.module }),
    });
  }
  return [...offers.values()].sort(
    (a, b) => compareText(a.name, b.name) || compareText(a.architecture, b.architecture),
  );
}

/** A package may change between an architecture and `noarch`. */
function installedOf(
  name: string,
  architecture: string,
  newest: ReadonlyMap<string, InstalledPackage>,
): InstalledPackage | null {
  const same = newest.get(identityOf({ name, architecture }));
  if (same !== undefined) return same;
  const others = [...newest.values()].filter((installed) => installed.name === name);
  const only = others.length === 1 ? others[0] : undefined;
  const changes = only?.architecture === 'noarch' || architecture === 'noarch';
  return only !== undefined && changes ? only : null;
}
