import { createHash } from 'node:crypto';
import type { Advisory, Claim } from '@patchsteward/core/1-identification';
import { type Advisories, FeedUnreadable, familyOf, type Quarantined } from '@patchsteward/feeds';
import { isStorable, timeOf, UNSTORABLE } from './feeds-row-text.ts';

interface AdvisoryRows {
  readonly rows: readonly string[];
  readonly claims: readonly string[];
  readonly quarantined: readonly Quarantined[];
}

interface OwnFeed {
  readonly id: string;
  readonly families: readonly string[] | null;
}

/** What a file of advisories says, as texts of rows. */
export function advisoryRows(feed: OwnFeed, parsed: Advisories): AdvisoryRows {
  const quarantined = [...parsed.quarantined];
  const claimsOf = Map.groupBy(ownClaims(feed, parsed.claims, quarantined), (claim) => claim.advisory);
  const rows: string[] = [];
  const claims: string[] = [];
  for (const advisory of [...parsed.advisories, ...unannounced(parsed.advisories, claimsOf.keys())]) {
    const said = sayingsOf(claimsOf.get(advisory.id) ?? []);
    const facts = JSON.stringify(advisoryFacts(advisory));
    if (!isStorable(facts) || !said.every(isStorable)) {
      quarantined.push({ record: advisory.id, problem: UNSTORABLE });
      continue;
    }
    rows.push(`${facts.slice(0, -1)},"revision":"${revisionOf(facts, said)}"}`);
    for (const one of said) claims.push(one);
  }
  return { rows, claims, quarantined };
}

/** A feed of one distribution that says something of another one holds what it should not. */
function ownClaims({ id, families }: OwnFeed, claims: readonly Claim[], quarantined: Quarantined[]): readonly Claim[] {
  if (families === null) return claims;
  const own: Claim[] = [];
  const strange = new Map<string, string>();
  for (const claim of claims) {
    if (families.includes(familyOf(claim.scope))) own.push(claim);
    else strange.set(`${claim.advisory}: ${claim.scope}`, claim.scope);
  }
  for (const [record, scope] of strange) quarantined.push({ record, problem: `${id} does not speak of ${scope}` });
  const [first] = strange.values();
  if (own.length === 0 && first !== undefined) {
    throw new FeedUnreadable('not-this-feed', `the file speaks of ${first}, of which ${id} does not speak`);
  }
  return own;
}

/** A database of fixes or of statuses has no advisories: each part of it that changes by itself stands for one. */
function unannounced(advisories: readonly Advisory[], named: Iterable<string>): Advisory[] {
  const known = new Set(advisories.map(({ id }) => id));
  return [...named]
    .filter((id) => !known.has(id))
    .map((id) => ({
      ...{ feed: '', id, summary: '', published: null, publishedPrecision: 'day', modified: null, withdrawn: null },
      ...{ aliases: [], vulnerabilities: [], references: [] },
    }));
}

function advisoryFacts(advisory: Advisory) {
  return {
    id: advisory.id,
    summary: advisory.summary,
    published: timeOf(advisory.published),
    published_precision: advisory.publishedPrecision,
    modified: timeOf(advisory.modified),
    withdrawn: timeOf(advisory.withdrawn),
    aliases: advisory.aliases,
    reference_urls: advisory.references,
  };
}

/** Most advisories say one thing of many vulnerabilities: it is said once, and unfolded in the database. */
function sayingsOf(claims: readonly Claim[]): string[] {
  const sayings = new Map<string, Set<string>>();
  let last: Claim | undefined;
  let times: Times | undefined;
  let vulnerabilities = new Set<string>();
  for (const claim of claims) {
    // What a reader unfolded stands together and shares its parts: writing it out again for each would take seconds.
    if (last === undefined || !saysAs(claim, last)) {
      times = times !== undefined && last !== undefined && hasTimesOf(claim, last) ? times : timesOf(claim);
      const said = JSON.stringify(sayingOf(claim, times));
      vulnerabilities = sayings.get(said) ?? new Set();
      sayings.set(said, vulnerabilities);
      last = claim;
    }
    vulnerabilities.add(claim.vulnerability);
  }
  return [...sayings].map(([said, of]) => `${said.slice(0, -1)},"vulnerabilities":${JSON.stringify([...of])}}`);
}

// A record and not a list: the compiler then misses a part of a claim that is not compared.
const SAID: Record<Exclude<keyof Claim, 'feed' | 'vulnerability'>, true> = {
  ...{ advisory: true, authority: true, scope: true, packageKind: true, packageName: true, status: true, ranges: true },
  ...{ versions: true, published: true, publishedPrecision: true, modified: true, withdrawn: true },
  ...{ architectures: true, justification: true, impact: true, provenance: true },
};
const SAID_PARTS = Object.keys(SAID) as (keyof typeof SAID)[]; // Object.keys forgets that the record is closed.

/** By identity: parts that are equal and not the same are found equal in their text. */
function saysAs(claim: Claim, other: Claim): boolean {
  return SAID_PARTS.every((part) => claim[part] === other[part]);
}

interface Times {
  readonly published: string | null;
  readonly modified: string | null;
  readonly withdrawn: string | null;
}

function timesOf({ published, modified, withdrawn }: Claim): Times {
  return { published: timeOf(published), modified: timeOf(modified), withdrawn: timeOf(withdrawn) };
}

function hasTimesOf(claim: Claim, other: Claim): boolean {
  return (
    claim.published === other.published && claim.modified === other.modified && claim.withdrawn === other.withdrawn
  );
}

function sayingOf(claim: Claim, times: Times) {
  return {
    advisory: claim.advisory,
    authority: claim.authority,
    scope: claim.scope,
    package_kind: claim.packageKind,
    package_name: claim.packageName,
    architectures: claim.architectures ?? null,
    status: claim.status,
    ranges: claim.ranges,
    versions: claim.versions,
    published: times.published,
    published_precision: claim.publishedPrecision,
    modified: times.modified,
    withdrawn: times.withdrawn,
    provenance: claim.provenance ?? null,
    // Where a claim has none its text is the one that it always had, and so is the revision of its advisory.
    ...(claim.justification === undefined ? {} : { justification: claim.justification }),
    ...(claim.impact === undefined ? {} : { impact: claim.impact }),
  };
}

/** Of what was read, not of the bytes: the same record in another spelling is no new revision. */
function revisionOf(facts: string, said: readonly string[]): string {
  const hash = createHash('sha256').update(facts);
  for (const one of said.toSorted()) hash.update(one);
  return `sha256:${hash.digest('hex')}`;
}
