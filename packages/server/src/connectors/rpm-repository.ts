import { createHash } from 'node:crypto';
import { parseRepomd } from '@patchsteward/feeds';
import { Refusal } from '../platform/http/refusal.ts';
import type { Asking } from './origin-bytes.ts';

const REPOMD_BYTES_MAX = 1024 * 1024;
/** Fedora's largest is below 20 MiB, packed. */
const UPDATEINFO_BYTES_MAX = 256 * 1024 * 1024;

/** Whether an address is that of an rpm repository, and not that of its list of updates itself. */
export function isRpmRepository(address: string): boolean {
  return /(?:\/|\/repomd\.xml)$/.test(new URL(address).pathname);
}

/** The list of updates of an rpm repository, as its index says that it is. // createrepo_c */
export async function updateinfoOf(
  ask: Asking,
  address: string,
): Promise<{ readonly url: string; readonly bytes: Buffer }> {
  const index = address.endsWith('repomd.xml') ? new URL(address) : new URL('repodata/repomd.xml', address);
  const listed = parseRepomd(await ask(index.href, REPOMD_BYTES_MAX));
  if (listed === null) throw new Refusal('feed-unreadable', `${index.href} lists no updates.`);
  const { href, checksum } = listed;
  // Its paths are those of the repository, in which the index lies in a folder.
  const url = new URL(href, new URL('..', index));
  if (url.origin !== index.origin) throw new Refusal('feed-unreadable', `${index.href} names another host.`);
  const bytes = await ask(url.href, UPDATEINFO_BYTES_MAX);
  const [algorithm = '', expected] = checksum.split(':');
  if (createHash(algorithm).update(bytes).digest('hex') === expected) return { url: url.href, bytes };
  throw new Refusal('feed-unreadable', `${url.href} is not what its repository's index says; fetch it again later.`);
}
