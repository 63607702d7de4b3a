import type { TriagedClaim } from '@patchsteward/contract';
import {
  type Advisory,
  type AnnouncementFacts,
  type Claim,
  PRODUCT_SCOPE,
  readTriage,
  type TriageFault,
  type TriageTarget,
} from '@patchsteward/core/1-identification';
import type { Instant } from '@patchsteward/core/vocabulary';
import type { Advisories, Rated } from '@patchsteward/feeds';
import { Refusal } from '../platform/http/refusal.ts';
import type { AnnouncementRow } from './announcement-store.ts';

/** What is triaged speaks like any other advisory of its feed. Refuses with `claim-impossible`. */
export function advisoriesOfTriage(row: AnnouncementRow, triaged: TriagedClaim, by: string, at: Instant): Advisories {
  const facts = factsOf(row, by);
  const read = readTriage(triaged, facts, at);
  if (read.kind === 'impossible') throw impossible(read.faults);
  const vulnerabilities = [...new Set(read.claims.map(({ vulnerability }) => vulnerability))];
  return {
    advisories: [advisoryOf(row, vulnerabilities, at, null)],
    claims: read.claims,
    quarantined: [],
    dataAsOf: null,
    rated: ratedOf(row, triaged, vulnerabilities, at),
  };
}

/** The same advisory, taken back. */
export function withdrawnAdvisory(row: AnnouncementRow, at: Instant): Advisories {
  return { advisories: [advisoryOf(row, [], at, at)], claims: [], quarantined: [], dataAsOf: null };
}

/** The releases and registries that claims speak of; products are of no release. */
export function scopesOf(claims: readonly Claim[]): string[] {
  return [...new Set(claims.map(({ scope }) => scope))].filter((scope) => scope !== PRODUCT_SCOPE).sort();
}

function factsOf({ feed, id, vendor, published, published_precision, first_seen }: AnnouncementRow, by: string) {
  const facts: AnnouncementFacts = {
    ...{ feed, id, provenance: `triaged by ${by} from ${vendor}'s announcement` },
    published: published ?? first_seen,
    publishedPrecision: published === null ? 'time' : published_precision,
  };
  return facts;
}

function advisoryOf(
  { feed, id, title, link, published, published_precision }: AnnouncementRow,
  vulnerabilities: readonly string[],
  modified: Instant,
  withdrawn: Instant | null,
): Advisory {
  return {
    ...{ feed, id, summary: title, published, publishedPrecision: published_precision, modified, withdrawn },
    ...{ aliases: [], vulnerabilities, references: link === null ? [] : [link] },
  };
}

/** The vendor's word for how severe it is, as a person read it. */
function ratedOf(
  { id, vendor }: AnnouncementRow,
  { severity }: TriagedClaim,
  vulnerabilities: readonly string[],
  at: Instant,
): Rated[] {
  return vulnerabilities.map((vulnerability) => ({
    ...{ vulnerability, record: id, points: [], rejected: false, modified: at },
    ratings:
      severity === null
        ? []
        : [
            {
              ...{ voice: 'other-vendor', source: vendor, distribution: null, record: id, at, scale: 'words' },
              ...{ vector: null, stated: { score: null, level: severity } },
            } as const,
          ],
  }));
}

function impossible(faults: readonly TriageFault[]): Refusal {
  const details = faults.map((fault) => ({ path: `body.claim.${pathOf(fault)}`, problem: problemOf(fault) }));
  const [first] = details;
  return new Refusal('claim-impossible', `Nothing can be judged by it: ${first?.problem ?? ''}.`, { details });
}

function pathOf({ kind }: TriageFault): string {
  return kind === 'release-unknown' || kind === 'product-without-name' ? 'targets' : 'ranges';
}

function problemOf(fault: TriageFault): string {
  switch (fault.kind) {
    case 'release-unknown':
      return `${fault.release} is no release and no registry that is known, such as debian:12, almalinux:9 or npm`;
    case 'product-without-name':
      return `the product "${fault.product}" has no letter and no digit in its name`;
    case 'version-impossible':
      return `${fault.version} is no version that ${fault.place} can have`;
    case 'range-empty':
      return `no version of ${fault.place} lies from ${fault.introduced} to ${fault.end}`;
  }
}

/** A target as the record and people name it. */
export function targetText(target: TriageTarget): string {
  return target.kind === 'product'
    ? `${target.vendor} ${target.product}`.trim()
    : `${target.name} on ${target.release}`;
}
