import type { ClaimAuthority } from '@patchsteward/core/1-identification';
import { VERSION_ORDERS } from '@patchsteward/core/versions';
import { instantOf } from '../instant.ts';
import type { OsvDialect, OsvPlace } from '../osv/dialect.ts';
import { type Advisories, parseOsvRecords } from '../osv/parse.ts';
import type { OsvAffected, OsvRecord } from '../osv/schema.ts';

const FEED = 'debian-osv';

/** Reads Debian's OSV records. Throws FeedUnreadable where the file as a whole cannot be trusted. */
export function parseDebianOsv(bytes: Uint8Array): Advisories {
  return parseOsvRecords(bytes, DEBIAN);
}

/** How Debian uses OSV; also where its records stand among others. */
export const DEBIAN: OsvDialect = {
  recordName: 'OSV record of Debian',
  feed: FEED,
  placesOf,
  authorityOf,
  vulnerabilitiesOf,
  problemOf,
};

function placesOf({ package: { ecosystem, name } }: OsvAffected): readonly OsvPlace[] | string {
  const release = /^Debian:(\d+(?:\.\d+)?)$/.exec(ecosystem)?.[1];
  // Without its release a fixed version means nothing: each release has its own.
  if (release === undefined) return `${ecosystem} is no release of Debian`;
  const scope = `debian:${release}`;
  const order = VERSION_ORDERS.deb;
  return [{ feed: FEED, scope, packageKind: 'source', packageName: name, order, hasOddVersions: false }];
}

function problemOf(record: OsvRecord): string | null {
  if (record.modified == null) return 'modified: it is missing';
  if (instantOf(record.modified) === null) return `modified is no time: ${record.modified}`;
  const affected = record.affected ?? [];
  // A withdrawn record often has nothing left but its id, and that is what it says.
  if (affected.length === 0) return record.withdrawn == null ? 'it names no package' : null;
  if (affected.some(({ package: { ecosystem } }) => /^Debian(?::|$)/.test(ecosystem))) return null;
  return `it speaks of ${affected[0]?.package.ecosystem}, not of Debian`;
}

const OWN_STATUS = /^(?:DEBIAN-)?(CVE-\d{4}-\d+)$/;
const OWN_ADVISORY = /^(?:DSA|DLA|ELA|DTSA)-\d/;
/** `DSA-5626-2`: Debian counts the revisions of an advisory behind its number. */
const REPAIR = /^(?:DSA|DLA|ELA|DTSA)-\d+-(?!1$)\d+$/;

/** A record of the tracker speaks of one vulnerability; an advisory announces an update; others repeat what they heard. */
function authorityOf({ id }: OsvRecord): ClaimAuthority {
  if (OWN_STATUS.test(id)) return 'vendor-status';
  return OWN_ADVISORY.test(id) ? 'vendor-advisory' : 'aggregator';
}

/**
 * The vulnerabilities that a record is about. A record of the tracker is the vulnerability itself, renamed. An advisory
 * bundles some: in `upstream` // OSV upstream; in exports before that member existed in `related` or, earlier,
 * `aliases`. Debian's own copies (DEBIAN-CVE-…) are the same vulnerabilities. An advisory that names none is about
 * something without a CVE and lends it its own name; its second revision repairs what the first one broke, and is about
 * no vulnerability at all.
 */
function vulnerabilitiesOf(record: OsvRecord): string[] {
  const own = OWN_STATUS.exec(record.id)?.[1];
  if (own !== undefined) return [own];
  for (const named of [record.upstream, record.aliases, OWN_ADVISORY.test(record.id) ? record.related : []]) {
    const ids = new Set((named ?? []).map((id) => OWN_STATUS.exec(id)?.[1]).filter((id) => id !== undefined));
    if (ids.size > 0) return [...ids].sort();
  }
  return REPAIR.test(record.id) ? [] : [record.id];
}
