import { readlink } from 'node:fs/promises';
import { join } from 'node:path';
import { type Host, hostPath } from '../../host/host.ts';
import { errorCode, isPresent } from '../../platform/files.ts';
import { type Repository, readRepositories } from './repositories.ts';
import { type RepositoryIndex, readRepositoryIndex } from './repository-index.ts';

/** A repository with this host's copy of its index. */
export interface LoadedRepository extends Repository {
  readonly index: RepositoryIndex;
}

/** Nothing is known of what is offered: no repository, or no copy of its index. */
export class IndexMissing extends Error {
  constructor(problem: string) {
    super(problem);
    this.name = 'IndexMissing';
  }
}

/** All repositories of a host with their indexes; one that is missing could hold the very update that is asked for. */
export async function readIndexes(host: Host): Promise<LoadedRepository[]> {
  const repositories = await readRepositories(host);
  if (repositories.length === 0) throw new IndexMissing('no repository is configured in /etc/apk/repositories');
  const folder = await cacheFolder(host);
  const loaded: LoadedRepository[] = [];
  for (const repository of repositories) {
    const path = join(folder, repository.indexName);
    if (!(await isPresent(path))) {
      throw new IndexMissing(`there is no copy of the index of ${repository.origin}; run "apk update"`);
    }
    loaded.push({ ...repository, index: await readRepositoryIndex(path) });
  }
  return loaded;
}

/** A link that an administrator sets, or the folder that apk uses without one. // apk-cache(5) */
async function cacheFolder(host: Host): Promise<string> {
  try {
    const target = await readlink(hostPath(host, '/etc/apk/cache'));
    return target.startsWith('/') ? hostPath(host, target) : hostPath(host, join('/etc/apk', target));
  } catch (error) {
    if (errorCode(error) === 'EINVAL') return hostPath(host, '/etc/apk/cache');
    if (errorCode(error) === 'ENOENT') return hostPath(host, '/var/cache/apk');
    throw error;
  }
}
