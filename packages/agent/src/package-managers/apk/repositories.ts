import { createHash } from 'node:crypto';
import { readdir } from 'node:fs/promises';
import type { OriginId } from '@patchsteward/core/vocabulary';
import { type Host, hostPath } from '../../host/host.ts';
import { errorCode, readText, readTextIfPresent } from '../../platform/files.ts';

const LIST_BYTES_MAX = 1024 * 1024;
const LIST = '/etc/apk/repositories';
const FOLDER = '/etc/apk/repositories.d';

/** A repository that apk is configured to use. // apk-repositories(5) */
export interface Repository {
  readonly url: string;
  /** Used only for packages that ask for it by this tag. */
  readonly tag: string | null;
  readonly origin: OriginId;
  /** Under which name apk keeps its copy of the index. */
  readonly indexName: string;
}

export async function readRepositories(host: Host): Promise<Repository[]> {
  const texts = [(await readTextIfPresent(hostPath(host, LIST), LIST_BYTES_MAX)) ?? ''];
  for (const name of await listsIn(hostPath(host, FOLDER))) {
    texts.push(await readText(hostPath(host, `${FOLDER}/${name}`), LIST_BYTES_MAX));
  }
  return parseRepositories(texts.join('\n'));
}

async function listsIn(folder: string): Promise<string[]> {
  try {
    return (await readdir(folder)).filter((name) => name.endsWith('.list')).sort();
  } catch (error) {
    if (errorCode(error) === 'ENOENT') return [];
    throw error;
  }
}

export function parseRepositories(text: string): Repository[] {
  return text.split('\n').flatMap((line): Repository[] => {
    const words = line.trim().split(/\s+/);
    const tag = words[0]?.startsWith('@') === true ? words[0].slice(1) : null;
    const url = (tag === null ? words[0] : words[1]) ?? '';
    if (!/^(?:https?|file):\/\/|^\//.test(url)) return [];
    return [{ url, tag, origin: originOf(url), indexName: indexNameOf(url) }];
  });
}

/** Scheme and credentials say how one host gets there, a query may hold a secret. */
function originOf(url: string): OriginId {
  const place = url
    .replace(/^[a-z]+:\/\//, '')
    .replace(/^[^/@]*@/, '')
    .replace(/[?#].*$/, '')
    .replace(/(?<=.)\/+$/, '');
  const [, site = place, repository = ''] = /^(.*)\/([^/]+)$/.exec(place) ?? [];
  return `${site} ${repository}`.trim();
}

/** apk names its copy after the first four bytes of the hash of the address. // apk-tools: apk_repository_format_cache_index */
function indexNameOf(url: string): string {
  return `APKINDEX.${createHash('sha1').update(url).digest('hex').slice(0, 8)}.tar.gz`;
}
