import { headBytesOf, isZip, unpackedHead, zipHead } from './archive/unpack.ts';
import { isLifecycleText } from './endoflife/index.ts';
import { familyOf } from './family.ts';
import { FEEDS, knownFeed } from './feed.ts';
import { ecosystemOf } from './osv/ecosystem.ts';

/** The beginning of a file that is enough to tell what it holds. */
export const HEAD_BYTES = 64 * 1024;

/** How much of a file is to be read that begins like this; what `feedOf` is to look into. */
export function headBytesFor(beginning: Uint8Array): number {
  return headBytesOf(beginning, HEAD_BYTES);
}

/** Names that files of feeds have. */
const FEED_NAME = /\.(?:json|jsonl|ndjson|csv|zip|xml)(?:\.(?:gz|zst|xz|bz2))?$/i;

/** The release of such a list is in its name alone. // debian-security-support */
const SUPPORT_LIST_NAME = /(?:^|\/)security-support-ended\.deb(\d{1,3})$/;

/** The names in the zip of an OSV export: one record per file, none in a folder. */
const OSV_ENTRY = /^[^/]+\.json$/;

const ECOSYSTEM = /"ecosystem"\s*:\s*"([^"]+)"/;

/** Which known feed a file of a folder holds, from its name and its first bytes. null: none of ours. */
export function detectFeed(fileName: string, head: Uint8Array): string | null {
  const release = SUPPORT_LIST_NAME.exec(fileName)?.[1];
  if (release !== undefined) return knownFeed(`debian-${release}-support-ended`)?.id ?? null;
  return hasFeedName(fileName) ? feedOf(head) : null;
}

/** Whether a file of a folder is worth opening. */
export function hasFeedName(fileName: string): boolean {
  return FEED_NAME.test(fileName) || SUPPORT_LIST_NAME.test(fileName);
}

/** Which known feed the first bytes of a file (at least HEAD_BYTES of them, or all) belong to. null: none of ours. */
export function feedOf(head: Uint8Array): string | null {
  if (isZip(head)) {
    const { name, text } = zipHead(head, HEAD_BYTES);
    if (isCveList(name)) return name.startsWith('vulnrichment') ? 'vulnrichment' : 'cve-list';
    return OSV_ENTRY.test(name) ? osvFeedOf(text) : null;
  }
  const text = new TextDecoder().decode(unpackedHead(head, HEAD_BYTES)).trimStart();
  if (text.startsWith('#model_version:')) return 'epss';
  if (isLifecycleText(text)) return lifecycleFeedOf(text);
  if (!text.startsWith('{') && !text.startsWith('[')) return null;
  if (/"catalogVersion"\s*:\s*"/.test(text) && text.includes('CISA')) return 'kev';
  if (/"format"\s*:\s*"NVD_CVE"/.test(text)) return 'nvd';
  if (/"cveMetadata"\s*:/.test(text) && /"containers"\s*:/.test(text)) return 'cve-list';
  return osvFeedOf(text) ?? secdbFeedOf(text) ?? (isDebianTracker(text) ? 'debian-tracker' : null);
}

/** Only Ubuntu has a column of that name. */
function lifecycleFeedOf(text: string): string {
  if (text.startsWith('{')) return 'endoflife';
  return text.slice(0, text.indexOf('\n')).includes('eol-esm') ? 'ubuntu-lifecycle' : 'debian-lifecycle';
}

/** The list is released as a zip in a zip, its changes of a day in a folder, and its repository in another. */
function isCveList(name: string): boolean {
  return /^(?:cves\.zip$|cves\/|deltaCves\/|cvelistV5-|vulnrichment-)/.test(name);
}

/** An export holds one ecosystem, so its first record says which. */
function osvFeedOf(text: string): string | null {
  const ecosystem = ECOSYSTEM.exec(text)?.[1];
  const scope = ecosystem === undefined || !/"affected"\s*:/.test(text) ? null : ecosystemOf(ecosystem)?.scope;
  if (scope == null) return null;
  const family = familyOf(scope);
  return FEEDS.find(({ form, families }) => form === 'osv' && families?.includes(family) === true)?.id ?? null;
}

function secdbFeedOf(text: string): string | null {
  if (!isAlpineSecdb(text)) return null;
  return /"urlprefix"\s*:\s*"[^"]*wolfi/.test(text) ? 'wolfi-secdb' : 'alpine-secdb';
}

export function isAlpineSecdb(text: string): boolean {
  return /"urlprefix"\s*:/.test(text) && /"reponame"\s*:/.test(text);
}

export function isDebianTracker(text: string): boolean {
  return /"releases"\s*:\s*\{\s*"[a-z]+"\s*:\s*\{/.test(text) && /"CVE-\d{4}-\d+"\s*:/.test(text);
}
