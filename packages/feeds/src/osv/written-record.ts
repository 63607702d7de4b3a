import type { Advisory, Claim, VersionRange } from '@patchsteward/core/1-identification';
import type { WrittenRating } from '@patchsteward/core/2-evaluation';
import type { Instant } from '@patchsteward/core/vocabulary';
import type { OwnEntry, OwnStatement } from './own-schema.ts';
import { writtenEcosystem } from './written-ecosystem.ts';
import { writtenSeverity, writtenWord } from './written-severity.ts';

/** What is known of one advisory. */
export interface ToWrite {
  readonly advisory: Omit<Advisory, 'vulnerabilities'>;
  readonly claims: readonly Claim[];
  readonly ratings: readonly Pick<WrittenRating, 'scale' | 'vector' | 'stated'>[];
  /** Another feed has an advisory of this id: both are exported, and one file has no id twice. */
  readonly isIdShared: boolean;
}

/** The version of OSV that is written. */
const SCHEMA_VERSION = '1.7.3';

/** Whose ids OSV knows; all others begin with `x_`. // OSV 1.7 id */
const REGISTERED =
  /^(?:ASB-A|PUB-A|ALPINE|ALSA|ALBA|ALEA|AZL|BELL|BIT|BREW|CGA|CLEANSTART|CLSA|CURL|CVE|DEBIAN|DHI|DRUPAL|DSA|DLA|ELA|DTSA|ECHO|EEF|FreeBSD|GHSA|GO|GSD|HSEC|JLSEC|KUBE|LBSEC|LSN|MAL|MINI|MGASA|OESA|OSEC|OSV|openSUSE-SU|PHSA|PSF|PYSEC|RHBA|RHEA|RHSA|RLSA|RXSA|RSEC|ROOT|RUSTSEC|SUSE-[SRFO]U|UBUNTU|USN|V8|VCPKG)-/;

/**
 * What we know of an advisory, as OSV records. A record means all its vulnerabilities alike, and so an advisory that says
 * different things of them becomes several records. What OSV has no word for stands in `database_specific`, so that
 * nothing is lost: reading it back gives the same claims.
 */
export function writtenRecords({ advisory, claims, ratings, isIdShared }: ToWrite) {
  const groups = groupsOf(claims);
  const facts = { ...advisory, ...lastSaid(claims) };
  return groups.map(([vulnerabilities, said]) => {
    const isWhole = groups.length === 1 && !isIdShared && REGISTERED.test(advisory.id);
    const id = isWhole ? advisory.id : foreignId(advisory, groups.length === 1 ? null : (vulnerabilities[0] ?? null));
    const aliases = advisory.aliases.filter((alias) => alias !== id);
    const word = writtenWord(ratings);
    return {
      schema_version: SCHEMA_VERSION,
      id,
      // OSV asks for a date; the epoch is read as none.
      modified: timeOf(facts.modified ?? 0),
      ...(facts.published === null ? {} : { published: timeOf(facts.published) }),
      ...(facts.withdrawn === null ? {} : { withdrawn: timeOf(facts.withdrawn) }),
      aliases,
      upstream: vulnerabilities.filter((named) => named !== id && !aliases.includes(named)),
      summary: advisory.summary,
      ...(advisory.references.some((url) => URL.canParse(url)) ? { references: referencesOf(advisory) } : {}),
      severity: writtenSeverity(ratings),
      affected: said.flatMap((claim) => affectedOf(claim) ?? []),
      database_specific: {
        ...(word === null ? {} : { severity: word }),
        patchsteward: {
          ...{ feed: advisory.feed, advisory: advisory.id, vulnerabilities },
          statements: said.filter((claim) => affectedOf(claim) === null).map(statementOf),
        },
      },
    };
  });
}

/** Vulnerabilities of which the same is said, and what that is; an advisory without claims is one record of nothing. */
function groupsOf(claims: readonly Claim[]): [readonly string[], readonly Claim[]][] {
  const byVulnerability = Map.groupBy(claims, ({ vulnerability }) => vulnerability);
  const alike = Map.groupBy(byVulnerability, ([, said]) =>
    said
      .map((claim) => JSON.stringify({ ...claim, vulnerability: '' }))
      .sort()
      .join('\n'),
  );
  if (alike.size === 0) return [[[], []]];
  return [...alike.values()].map((group) => [
    group.map(([vulnerability]) => vulnerability).sort(),
    group[0]?.[1] ?? [],
  ]);
}

/** The revision that the claims are of: of a past day it is not that of the advisory, which may be newer. */
function lastSaid([first]: readonly Claim[]): Partial<Pick<Advisory, 'published' | 'modified'>> {
  return first === undefined ? {} : { published: first.published, modified: first.modified };
}

function foreignId({ feed, id }: Pick<Advisory, 'feed' | 'id'>, vulnerability: string | null): string {
  return [`x_${feed}`, id, ...(vulnerability === null ? [] : [vulnerability])].join('_');
}

function referencesOf({ references }: Pick<Advisory, 'references'>) {
  return references.filter((url) => URL.canParse(url)).map((url) => ({ type: 'WEB', url }));
}

/** null: whoever reads `affected` alone would take it for something else. */
function affectedOf(claim: Claim) {
  const ecosystem = writtenEcosystem(claim.scope);
  if (ecosystem === null || MISREAD.has(claim.status)) return null;
  const isEverything = claim.ranges.length + claim.versions.length === 0;
  const ranges = isEverything ? [EVERYTHING] : claim.ranges;
  const isExact = !isEverything && !ranges.some(({ fixed, lastAffected }) => fixed !== null && lastAffected !== null);
  return {
    package: { ecosystem, name: plainName(claim.packageName) },
    ...(ranges.length === 0 ? {} : { ranges: ranges.map((range) => ({ type: 'ECOSYSTEM', events: eventsOf(range) })) }),
    ...(claim.versions.length === 0 ? {} : { versions: claim.versions }),
    database_specific: { patchsteward: { ...entryOf(claim), ...(isExact ? {} : { ranges: claim.ranges }) } },
  };
}

/** What has no fix is affected; these are not, or nobody knows yet. */
const MISREAD: ReadonlySet<Claim['status']> = new Set(['fixed', 'not_affected', 'under_investigation']);
const EVERYTHING: VersionRange = { introduced: null, fixed: null, lastAffected: null };

/** A range has either bound. // OSV: last_affected and fixed are mutually exclusive */
function eventsOf({ introduced, fixed, lastAffected }: VersionRange) {
  const begins = { introduced: introduced ?? '0' };
  if (lastAffected !== null) return [begins, { last_affected: lastAffected }];
  return fixed === null ? [begins] : [begins, { fixed }];
}

/** `nodejs:18::npm` is npm of that module to us; OSV has no modules. */
function plainName(packageName: string): string {
  return packageName.replace(/^.*::/, '');
}

function statementOf(claim: Claim): OwnStatement {
  return { ...entryOf(claim), ranges: [...claim.ranges], versions: [...claim.versions] };
}

function entryOf(claim: Claim): OwnEntry {
  const { scope, packageKind, packageName, status, authority, architectures, justification, impact, provenance } =
    claim;
  return {
    ...{ scope, packageKind, packageName, status, authority },
    ...(architectures === undefined ? {} : { architectures: [...architectures] }),
    ...(justification === undefined ? {} : { justification }),
    ...(impact === undefined ? {} : { impact }),
    ...(provenance === undefined ? {} : { provenance }),
  };
}

function timeOf(instant: Instant): string {
  return new Date(instant).toISOString();
}
