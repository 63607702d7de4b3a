import type { InstalledPackage } from '@patchsteward/core/vocabulary';
import type { Dnf } from './dnf.ts';
import { identityOf, newestOf } from './newest.ts';
import { queryFormat } from './origins.ts';
import { versionText } from './version-text.ts';

const FIELDS = ['name', 'epoch', 'version', 'release', 'arch'] as const;

/**
 * rpm has no half states; a transaction that broke off leaves a package beside its own successor. dnf knows of which
 * packages (kernels) several versions are meant to be there, so it is asked where any are. // dnf check --duplicates
 */
export async function withBroken(dnf: Dnf, packages: readonly InstalledPackage[]): Promise<InstalledPackage[]> {
  if (newestOf(packages).size === packages.length) return [...packages];
  const answer = await dnf.ask([
    'repoquery',
    '--duplicates',
    '--disableexcludes=all',
    '--queryformat',
    queryFormat(FIELDS),
  ]);
  return markDuplicates(answer, packages);
}

export function markDuplicates(answer: string, packages: readonly InstalledPackage[]): InstalledPackage[] {
  const left = new Set<string>();
  for (const line of answer.split('\n')) {
    const [name = '', epoch = '', version = '', release = '', architecture = ''] = line.split('\t');
    left.add(`${name} ${versionText(epoch, version, release)} ${architecture}`);
  }
  const newest = newestOf(packages);
  return packages.map((installed) => {
    const { name, version, architecture } = installed;
    const isLeft = left.has(`${name} ${version} ${architecture}`) && newest.get(identityOf(installed)) !== installed;
    return isLeft ? { ...installed, state: 'broken' } : installed;
  });
}
