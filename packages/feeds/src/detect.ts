import { isZip, unpackedHead } from './archive/unpack.ts';
import type { FeedId } from './feed.ts';

/** The beginning of a file that is enough to tell what it holds. */
export const HEAD_BYTES = 64 * 1024;

/** Names that files of feeds have. */
const FEED_NAME = /\.(?:json|jsonl|ndjson|csv|zip)(?:\.gz)?$/i;

/** The names in the zip of the OSV export: one record per file, none in a folder. */
const OSV_ENTRY = /^(?:DEBIAN-CVE|CVE|DSA|DLA|DTSA)-[\d-]+\.json$/;

/** Which feed a file of a folder holds, from its name and its first bytes. null: none of ours. */
export function detectFeed(fileName: string, head: Uint8Array): FeedId | null {
  return hasFeedName(fileName) ? feedOf(head) : null;
}

/** Whether a file of a folder is worth opening. */
export function hasFeedName(fileName: string): boolean {
  return FEED_NAME.test(fileName);
}

/** Which feed the first bytes of a file (at least HEAD_BYTES of them, or all) belong to. null: none of ours. */
export function feedOf(head: Uint8Array): FeedId | null {
  if (isZip(head)) return OSV_ENTRY.test(firstEntryName(head)) ? 'debian-osv' : null;
  const text = new TextDecoder().decode(unpackedHead(head, HEAD_BYTES)).trimStart();
  if (text.startsWith('#model_version:')) return 'epss';
  if (/"catalogVersion"\s*:\s*"/.test(text) && text.includes('CISA')) return 'kev';
  return isDebianOsv(text) ? 'debian-osv' : null;
}

function isDebianOsv(text: string): boolean {
  if (!text.startsWith('{') && !text.startsWith('[')) return false;
  return /"ecosystem"\s*:\s*"Debian:\d/.test(text) && /"affected"\s*:/.test(text) && /"modified"\s*:/.test(text);
}

/** The name of the first file of a zip, which stands unpacked before it. // APPNOTE §4.3.7 */
function firstEntryName(head: Uint8Array): string {
  const length = (head[26] ?? 0) + 256 * (head[27] ?? 0);
  return new TextDecoder().decode(head.subarray(30, 30 + length));
}
