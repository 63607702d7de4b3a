import {
  type Advisory,
  type Claim,
  type ClaimAuthority,
  type ClaimStatus,
  JUSTIFICATIONS,
} from '@patchsteward/core/1-identification';
import { levelOfWord } from '@patchsteward/core/2-evaluation';
import { instantOf } from '../instant.ts';
import { type Quarantined, quarantined } from '../quarantine.ts';
import type { Rated } from '../rated.ts';
import { type Place, placeOf } from './place.ts';
import { type ProductTree, productsMeant, productTreeOf } from './product-tree.ts';
import { mergedRatings, ratedOf } from './rated.ts';
import type { CsafDocument, CsafVulnerability, ProductStatus } from './schema.ts';
import { type Because, type Statement, statedClaims } from './stated-claims.ts';

const FEED = 'csaf';

export interface DocumentClaims {
  readonly advisory: Advisory;
  readonly claims: readonly Claim[];
  readonly rated: readonly Rated[];
  readonly quarantined: readonly Quarantined[];
}

/** What one document says, as claims: one for each vulnerability, place and status. */
export function claimsOf(document: CsafDocument): DocumentClaims {
  const tree = productTreeOf(document.product_tree);
  const advisory = advisoryOf(document);
  const authority = authorityOf(document);
  const places = new Map<string, Place | string>();
  const claims: Claim[] = [];
  const rated: Rated[] = [];
  for (const [index, vulnerability] of (document.vulnerabilities ?? []).entries()) {
    const name = advisory.vulnerabilities[index] ?? advisory.id;
    const statements = statementsOf(vulnerability, tree, places);
    const own = statedClaims(statements).map((said) => claimOf(said, advisory, authority, name));
    for (const claim of own) claims.push(claim);
    rated.push(...ratedOf(vulnerability, document, advisory, own));
  }
  return {
    advisory: { ...advisory, vulnerabilities: [...new Set(advisory.vulnerabilities)] },
    claims,
    rated: mergedRatings(rated),
    quarantined: problemsOf(
      advisory.id,
      [...places.values()].filter((place) => typeof place === 'string'),
    ),
  };
}

/** Of a document about hundreds of container images the first ones say enough. */
const PROBLEMS_MAX = 20;

function problemsOf(document: string, problems: readonly string[]): Quarantined[] {
  const distinct = [...new Set(problems)];
  const shown = distinct.slice(0, PROBLEMS_MAX).map((problem) => quarantined(document, problem));
  const more = distinct.length - shown.length;
  return more === 0 ? shown : [...shown, quarantined(document, `${more} more of its products cannot be judged`)];
}

function claimOf(
  said: ReturnType<typeof statedClaims>[number],
  { id, published, publishedPrecision, modified }: Advisory,
  authority: ClaimAuthority,
  vulnerability: string,
): Claim {
  return {
    feed: FEED,
    advisory: id,
    authority,
    vulnerability,
    ...said,
    published,
    publishedPrecision,
    modified,
    withdrawn: null,
  };
}

function advisoryOf({ document, vulnerabilities = [] }: CsafDocument): Advisory {
  const { tracking, title, references = [] } = document;
  return {
    feed: FEED,
    id: tracking.id,
    summary: title,
    published: instantOf(tracking.initial_release_date),
    publishedPrecision: /T00:00:00(?:\.0+)?(?:Z|\+00:00)$/.test(tracking.initial_release_date) ? 'day' : 'time',
    modified: instantOf(tracking.current_release_date),
    withdrawn: null,
    aliases: tracking.aliases ?? [],
    vulnerabilities: vulnerabilities.map((one, index) => nameOf(one, tracking.id, index)),
    references: references.map(({ url }) => url),
  };
}

const SHARED_NAME = /^(?:CVE-\d{4}-\d{4,}|GHSA(?:-[0-9a-z]{4}){3})$/;

/** The name that all share; else the document's own, numbered where it has several without one. */
function nameOf({ cve, ids = [] }: CsafVulnerability, document: string, index: number): string {
  const shared = [cve ?? '', ...ids.map(({ text }) => text)].find((text) => SHARED_NAME.test(text));
  return shared ?? (index === 0 ? document : `${document}#${index + 1}`);
}

/** A vendor speaks of its own products; who passes on what others said is an aggregator. // CSAF 2.0 §3.2.1.8.1 */
function authorityOf({ document: { category, publisher } }: CsafDocument): ClaimAuthority {
  if (publisher.category !== 'vendor') return 'aggregator';
  return category.toLowerCase() === 'csaf_vex' ? 'vendor-status' : 'vendor-advisory';
}

function statementsOf(
  vulnerability: CsafVulnerability,
  tree: ProductTree,
  places: Map<string, Place | string>,
): Statement[] {
  const affected = remediesOf(vulnerability, tree);
  const justified = justificationsOf(vulnerability, tree);
  const explained = impactsOf(vulnerability, tree);
  const statements: Statement[] = [];
  for (const [list, ids] of Object.entries(vulnerability.product_status ?? {})) {
    // The schema's record has no other keys; Object.entries forgets them.
    const status = STATUSES[list as ProductStatus];
    if (status === null) continue;
    for (const id of ids) {
      const place = places.get(id) ?? placeOf(id, tree);
      places.set(id, place);
      if (typeof place === 'string') continue;
      if (status === 'fixed' && place.ranges.length + place.versions.length === 0) {
        places.set(id, `${place.packageNames[0]} is called fixed, and in which version nobody says`);
        continue;
      }
      const because = status === 'not_affected' ? { ...justified(id), ...explained(id) } : {};
      statements.push({ place, status: status === 'affected' ? affected(id) : status, because });
    }
  }
  return statements;
}

/** `recommended` says which version to take, and nothing of what is affected. // CSAF 2.0 §3.2.3.9 */
const STATUSES: Readonly<Record<ProductStatus, ClaimStatus | null>> = {
  fixed: 'fixed',
  first_fixed: 'fixed',
  known_not_affected: 'not_affected',
  known_affected: 'affected',
  first_affected: 'affected',
  last_affected: 'affected',
  under_investigation: 'under_investigation',
  recommended: null,
};

/** What the vendor means to do about an affected product. // CSAF 2.0 §3.2.3.12.1 */
const REMEDIES: Readonly<Record<string, ClaimStatus>> = { no_fix_planned: 'wont_fix', none_available: 'deferred' };

function remediesOf({ remediations = [] }: CsafVulnerability, tree: ProductTree): (id: string) => ClaimStatus {
  const fixed = remediations
    .filter(({ category }) => category === 'vendor_fix')
    .map((remediation) => productsMeant(remediation, tree));
  const refused = remediations.flatMap((remediation) => {
    const status = REMEDIES[remediation.category];
    return status === undefined ? [] : [{ status, products: productsMeant(remediation, tree) }];
  });
  return (id) => {
    // A fix for one product stands beside "none planned" for all the others.
    if (fixed.some((products) => products?.has(id) === true)) return 'affected';
    return refused.find(({ products }) => products === null || products.has(id))?.status ?? 'affected';
  };
}

/** Why a product is not affected, in the words of the flags. // CSAF 2.0 §3.2.3.5, VEX status justifications */
function justificationsOf(
  { flags = [] }: CsafVulnerability,
  tree: ProductTree,
): (id: string) => Pick<Because, 'justification'> {
  const read = flags.flatMap((flag) => {
    const justification = JUSTIFICATIONS.find((word) => word === flag.label);
    return justification === undefined ? [] : [{ justification, products: productsMeant(flag, tree) }];
  });
  return (id) => {
    const found = read.find(({ products }) => products === null || products.has(id));
    return found === undefined ? {} : { justification: found.justification };
  };
}

/** Of what a vendor writes the beginning says enough; whoever wants all of it opens the advisory. */
const IMPACT_CHARACTERS_MAX = 500;

/** What the vendor writes of products that are not affected, where it names them: a word of severity is no reason. // CSAF 2.0 §4.5 */
function impactsOf({ threats = [] }: CsafVulnerability, tree: ProductTree): (id: string) => Pick<Because, 'impact'> {
  const read = threats.flatMap((threat) => {
    const impact = threat.details.trim().replaceAll(/\s+/g, ' ');
    const products = productsMeant(threat, tree);
    const says = threat.category === 'impact' && products !== null && impact !== '' && levelOfWord(impact) === null;
    return says ? [{ impact: beginningOf(impact), products }] : [];
  });
  return (id) => {
    const found = read.find(({ products }) => products.has(id));
    return found === undefined ? {} : { impact: found.impact };
  };
}

function beginningOf(text: string): string {
  return text.length <= IMPACT_CHARACTERS_MAX ? text : `${text.slice(0, IMPACT_CHARACTERS_MAX - 1).trimEnd()}…`;
}
