import {
  type Advisory,
  type Claim,
  type ClaimAuthority,
  type ClaimStatus,
  rangesOfEvents,
} from '@patchsteward/core/1-identification';
import { VERSION_ORDERS } from '@patchsteward/core/versions';
import { instantOf } from '../instant.ts';
import { type Quarantined, quarantined } from '../quarantine.ts';
import type { OsvAffected, OsvRecord } from './schema.ts';

const FEED = 'debian-osv';
const ORDER = VERSION_ORDERS.deb;

/** Enough of the details where there is no summary. */
const SUMMARY_CHARACTERS_MAX = 200;

export interface RecordClaims {
  readonly advisory: Advisory;
  readonly claims: readonly Claim[];
  readonly quarantined: readonly Quarantined[];
}

/** What one OSV record says, as claims: one per release, package and vulnerability. */
export function claimsOf(record: OsvRecord): RecordClaims {
  const advisory = advisoryOf(record);
  const authority = authorityOf(record.id);
  const claims: Claim[] = [];
  const refused: Quarantined[] = [];
  for (const affected of record.affected ?? []) {
    const said = statementOf(affected);
    if (typeof said === 'string') {
      refused.push(quarantined(`${record.id}: ${affected.package.ecosystem} ${affected.package.name}`, said));
      continue;
    }
    for (const vulnerability of advisory.vulnerabilities) {
      claims.push({
        feed: FEED,
        advisory: record.id,
        authority,
        vulnerability,
        packageKind: 'source',
        packageName: affected.package.name,
        ...said,
        published: advisory.published,
        publishedPrecision: advisory.publishedPrecision,
        modified: advisory.modified,
        withdrawn: advisory.withdrawn,
      });
    }
  }
  return { advisory, claims, quarantined: refused };
}

function advisoryOf(record: OsvRecord): Advisory {
  const published = record.published == null ? null : instantOf(record.published);
  return {
    feed: FEED,
    id: record.id,
    summary: record.summary ?? firstLine(record.details ?? ''),
    published,
    // Debian's lists of advisories have days; their converters write midnight for them.
    publishedPrecision: /T00:00:00(?:\.0+)?Z$/.test(record.published ?? '') ? 'day' : 'time',
    modified: instantOf(record.modified),
    withdrawn: record.withdrawn == null ? null : instantOf(record.withdrawn),
    aliases: record.aliases ?? [],
    vulnerabilities: vulnerabilitiesOf(record),
    references: (record.references ?? []).map(({ url }) => url),
  };
}

function firstLine(details: string): string {
  const line = details.slice(0, SUMMARY_CHARACTERS_MAX + 1).split('\n')[0] ?? '';
  return line.length > SUMMARY_CHARACTERS_MAX ? `${line.slice(0, SUMMARY_CHARACTERS_MAX)}…` : line;
}

const OWN_STATUS = /^(?:DEBIAN-)?(CVE-\d{4}-\d+)$/;
const OWN_ADVISORY = /^(?:DSA|DLA|ELA|DTSA)-\d/;
/** `DSA-5626-2`: Debian counts the revisions of an advisory behind its number. */
const REPAIR = /^(?:DSA|DLA|ELA|DTSA)-\d+-(?!1$)\d+$/;

/** A record of the tracker speaks of one vulnerability; an advisory announces an update; others repeat what they heard. */
function authorityOf(id: string): ClaimAuthority {
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

type Statement = Pick<Claim, 'scope' | 'status' | 'ranges' | 'versions'>;

/** What an entry says of its package; a text where it says nothing that can be judged. */
function statementOf({
  package: { ecosystem },
  ranges,
  versions,
  ecosystem_specific,
}: OsvAffected): Statement | string {
  const release = /^Debian:(\d+(?:\.\d+)?)$/.exec(ecosystem)?.[1];
  // Without its release a fixed version means nothing: each release has its own.
  if (release === undefined) return `${ecosystem} is no release of Debian`;

  const events = (ranges ?? []).filter(({ type }) => type === 'ECOSYSTEM').map((range) => range.events);
  const listed = versions ?? [];
  if (events.length === 0 && listed.length === 0) return 'it names neither a range nor versions';
  if (events.some((turns) => !turns.some(({ introduced }) => introduced !== undefined))) {
    return 'it has a range that begins nowhere';
  }
  const impossible = [...events.flat().flatMap(versionsOfEvent), ...listed].find((version) => !ORDER.isValid(version));
  if (impossible !== undefined) return `${impossible} is no version`;

  const intervals = events.flatMap((turns) => rangesOfEvents(turns, ORDER));
  return {
    scope: `debian:${release}`,
    status: statusOf(ecosystem_specific?.urgency),
    ranges: intervals,
    // The export spells out the versions of each range; only those beyond the ranges say anything new.
    versions: intervals.length === 0 ? listed : listed.filter((version) => !isCovered(version, intervals)),
  };
}

function versionsOfEvent(event: {
  introduced?: string | undefined;
  fixed?: string | undefined;
  last_affected?: string | undefined;
}): string[] {
  const introduced = event.introduced === '0' ? undefined : event.introduced;
  return [introduced, event.fixed, event.last_affected].filter((version) => version !== undefined);
}

function isCovered(version: string, ranges: Claim['ranges']): boolean {
  return ranges.some(
    ({ introduced, fixed, lastAffected }) =>
      (introduced === null || ORDER.compare(version, introduced) >= 0) &&
      (fixed === null || ORDER.compare(version, fixed) < 0) &&
      (lastAffected === null || ORDER.compare(version, lastAffected) <= 0),
  );
}

/** // Debian security tracker, severity levels: `unimportant` is no security issue in Debian's binary packages. */
function statusOf(urgency: string | undefined): ClaimStatus {
  if (urgency === 'unimportant') return 'not_affected';
  return urgency === 'end-of-life' ? 'end_of_life' : 'affected';
}
