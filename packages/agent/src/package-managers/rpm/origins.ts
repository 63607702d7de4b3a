import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { IndexSnapshot, InstalledPackage, OriginId } from '@patchsteward/core/vocabulary';
import { isPresent } from '../../platform/files.ts';
import { compareText } from '../../platform/text.ts';
import type { Dnf } from './dnf.ts';
import type { Repository } from './repositories.ts';
import { versionText } from './version-text.ts';

const FIELDS = ['name', 'epoch', 'version', 'release', 'arch', 'from_repo'] as const;
export const queryFormat = (fields: readonly string[]): string => `${fields.map((field) => `%{${field}}`).join('\\t')}`;

/** What may not be installed or upgraded is installed all the same. */
const INSTALLED = ['repoquery', '--installed', '--disableexcludes=all'];

/** Names that dnf gives to what came from no repository: a file on a command line, a copy of another plugin. */
const NO_REPOSITORY = /^(?:@.*|_dnf_local)$/;

/** Where each installed package came from, as dnf remembers it; nothing of what it did not install. */
export async function readSources(dnf: Dnf): Promise<ReadonlyMap<string, string>> {
  const answer = await dnf.ask([...INSTALLED, '--queryformat', queryFormat(FIELDS)]);
  const sources = new Map<string, string>();
  for (const line of answer.split('\n')) {
    const [name = '', epoch = '', version = '', release = '', architecture = '', from = ''] = line.split('\t');
    if (from !== '' && !from.startsWith('<')) {
      sources.set(`${name} ${versionText(epoch, version, release)} ${architecture}`, from);
    }
  }
  return sources;
}

/** The packages with the repository that each came from. */
export function withSources(
  packages: readonly InstalledPackage[],
  sources: ReadonlyMap<string, string>,
  repositories: readonly Repository[],
): InstalledPackage[] {
  const byId = new Map(repositories.map(({ id, origin }) => [id, origin]));
  const originsOf = (from: string): readonly OriginId[] => {
    // A repository that was removed meanwhile is known by its id alone.
    return NO_REPOSITORY.test(from) ? [] : [byId.get(from) ?? from];
  };
  return packages.map((installed) => {
    const from = sources.get(`${installed.name} ${installed.version} ${installed.architecture}`);
    return from === undefined ? installed : { ...installed, origins: originsOf(from) };
  });
}

/** What the host's copies of the metadata say of themselves, sorted by id. */
export async function readSnapshots(dnf: Dnf, repositories: readonly Repository[]): Promise<IndexSnapshot[]> {
  const names = await readdir(dnf.metadata);
  const snapshots: IndexSnapshot[] = [];
  for (const { id, name, origin, updatedAt } of repositories) {
    snapshots.push({
      id: origin,
      // rpm's repositories do not say who publishes them; their packages do.
      publisher: null,
      label: name,
      suite: id,
      codename: null,
      date: updatedAt,
      validUntil: null,
      signed: await isSigned(dnf.metadata, id, names),
    });
  }
  return snapshots.sort((a, b) => compareText(a.id, b.id));
}

/** dnf fetches and keeps a signature only where it is to verify it, and takes no metadata that fails. // repo_gpgcheck */
async function isSigned(folder: string, id: string, names: readonly string[]): Promise<boolean> {
  const copies = names.filter((name) => name.startsWith(`${id}-`) && /^[0-9a-f]{16}$/.test(name.slice(id.length + 1)));
  for (const copy of copies) {
    if (!(await isPresent(join(folder, copy, 'repodata/repomd.xml.asc')))) return false;
  }
  return copies.length > 0;
}
