import type { VersionOrder } from '../versions/index.ts';
import { CLAIM_AUTHORITIES, type Claim } from './claim.ts';
import type { Judgment, LosingClaim, LossCause, SourceVersion } from './judgment.ts';
import { PRODUCT_SCOPE } from './product-key.ts';
import { inclusionOf, nextFix, reachedFix } from './version-range.ts';
import { isFixedElsewhere, unknownBy, weighOfProduct } from './weigh-product.ts';
import { lost, lowestFix, type Weighed } from './weighed.ts';
import { whyAffected, whyFixed, whyNotAffected, whyStated } from './why.ts';

/**
 * One judgment per vulnerability that the claims name, sorted by vulnerability. The claims are those of the source
 * version's scope and package. Precedence: a withdrawn advisory says nothing; inside one advisory the newest revision
 * speaks; then the strongest authority speaks alone; then, between advisories of that authority, the first fix stands
 * (readme.md says why). A vulnerability whose claims are all withdrawn has no judgment.
 */
export function judge(source: SourceVersion, claims: readonly Claim[], order: VersionOrder): Judgment[] {
  const judgments: Judgment[] = [];
  for (const [vulnerability, group] of Map.groupBy(claims, (claim) => claim.vulnerability)) {
    const judgment = judgeOne(source, vulnerability, group, order);
    if (judgment !== null) judgments.push(judgment);
  }
  return judgments.sort((a, b) => compareText(a.vulnerability, b.vulnerability));
}

function judgeOne(
  source: SourceVersion,
  vulnerability: string,
  claims: readonly Claim[],
  order: VersionOrder,
): Judgment | null {
  const losing: LosingClaim[] = [];
  let speaking = [...claims].sort(byAge);
  speaking = sift(speaking, losing, 'withdrawn', (claim) => claim.withdrawn === null);
  speaking = sift(speaking, losing, 'superseded-by-newer-revision', (claim) => !isRevised(claim, claims));
  const strongest = Math.min(...speaking.map(rankOf));
  speaking = sift(speaking, losing, 'lower-precedence', (claim) => rankOf(claim) === strongest);
  const ofLine = claimsOfLine(speaking, source.sourceVersion, order);
  speaking = sift(speaking, losing, 'of-another-build-line', (claim) => ofLine.includes(claim));

  const weighed = weigh(source, speaking, order);
  if (weighed === null) return null;
  return { vulnerability, ...weighed, losing: [...weighed.losing, ...losing] };
}

/**
 * Where a fix was built for the line of the version, fixes of other lines say nothing of it: `3.9.18-3.el9_4.5` fixes 9.4
 * and is lower than `3.9.19-5.el9`, which is affected until `3.9.19-8.el9`.
 */
function claimsOfLine(claims: readonly Claim[], version: string, { isSameLine }: VersionOrder): readonly Claim[] {
  if (isSameLine === undefined || claims.length < 2) return claims;
  const fixesOf = ({ ranges }: Claim) => ranges.flatMap(({ fixed }) => (fixed === null ? [] : [fixed]));
  const isOwn = (claim: Claim) => fixesOf(claim).some((fix) => isSameLine(version, fix));
  return claims.some(isOwn) ? claims.filter((claim) => fixesOf(claim).length === 0 || isOwn(claim)) : claims;
}

/** Weighs claims of one authority, oldest first. */
function weigh(source: SourceVersion, claims: readonly Claim[], order: VersionOrder): Weighed | null {
  const affecting = claims.filter(({ status }) => status === 'affected');
  const statement = latestStatement(source, claims, order);
  if (statement === null) return weighFixes(source, affecting, order) ?? elsewhere(source, claims, order);

  // A statement (not affected, will not fix …) ends what the same authority said before it, not what it says later.
  const later = affecting.filter((claim) => stampOf(claim) > stampOf(statement));
  const renewed = weighFixes(source, later, order);
  if (renewed?.status === 'affected') {
    return { ...renewed, losing: [...renewed.losing, ...lost(claims, later, 'superseded-by-newer-revision')] };
  }
  const losing = [
    ...lost(later, [], 'version-not-in-range'),
    ...lost(claims, [statement, ...later], 'superseded-by-newer-revision'),
  ];
  return { status: statement.status, winner: statement, losing, fixed: null, why: whyStated(source, statement) };
}

/** Where nothing speaks of the version but a fix in another branch of the product. */
function elsewhere(source: SourceVersion, claims: readonly Claim[], order: VersionOrder): Weighed | null {
  const claim = claims.find((one) => isFixedElsewhere(source, one, order));
  if (claim === undefined) return null;
  return unknownBy(claim, claim.ranges[0]?.introduced ?? claim.advisory, source, claims);
}

function latestStatement(source: SourceVersion, claims: readonly Claim[], order: VersionOrder): Claim | null {
  const statements = claims.filter(
    (claim) =>
      claim.status !== 'affected' &&
      inclusionOf(claim, source.sourceVersion, order).kind !== 'outside' &&
      !isFixedElsewhere(source, claim, order),
  );
  return statements.reduce<Claim | null>(
    (latest, claim) => (latest === null || stampOf(claim) > stampOf(latest) ? claim : latest),
    null,
  );
}

/** The claims that say `affected`: in which of them does the version lie, and which of their fixes has it reached? */
function weighFixes(source: SourceVersion, claims: readonly Claim[], order: VersionOrder): Weighed | null {
  if (source.scope === PRODUCT_SCOPE) return weighOfProduct(source, claims, order);
  const version = source.sourceVersion;
  const holding = claims.filter((claim) => inclusionOf(claim, version, order).kind !== 'outside');
  const fixes = claims
    .filter((claim) => !holding.includes(claim))
    .map((claim) => ({ claim, fixed: reachedFix(claim, version, order) }))
    .filter((fix): fix is Fix => fix.fixed !== null)
    .sort((a, b) => order.compare(a.fixed, b.fixed));
  const standing = holding.filter((claim) => !isRepairOfFix(claim, fixes, order));

  const winner = lowestFix(standing, version, order);
  if (winner !== null) {
    const losing = [
      ...lost(standing, [winner], 'fixed-in-higher-version'),
      ...lost(claims, standing, 'version-not-in-range'),
    ];
    const fixed = nextFix(winner, version, order);
    return { status: 'affected', winner, losing, fixed, why: whyAffected(source, winner, order) };
  }
  const first = fixes[0];
  if (first !== undefined) {
    const losing = [
      ...lost(holding, [], 'fixed-by-earlier-advisory'),
      ...lost(claims, [first.claim, ...holding], 'version-not-in-range'),
    ];
    const why = whyFixed(source, first.claim, first.fixed, holding);
    return { status: 'fixed', winner: first.claim, losing, fixed: first.fixed, why };
  }
  const newest = claims.at(-1);
  if (newest === undefined) return null;
  const losing = lost(claims, [newest], 'version-not-in-range');
  return { status: 'not_affected', winner: newest, losing, fixed: null, why: whyNotAffected(source, newest) };
}

interface Fix {
  readonly claim: Claim;
  readonly fixed: string;
}

/**
 * The claim calls affected the very version in which another advisory of the same authority fixed the vulnerability,
 * and the source version has that fix: the claim belongs to an update that repairs a repair or names old fixes again.
 */
function isRepairOfFix(claim: Claim, fixes: readonly Fix[], order: VersionOrder): boolean {
  return fixes.some(({ fixed }) => inclusionOf(claim, fixed, order).kind !== 'outside');
}

/** Keeps what passes; what does not is entered among the losing. */
function sift(claims: readonly Claim[], losing: LosingClaim[], because: LossCause, passes: (claim: Claim) => boolean) {
  const kept: Claim[] = [];
  for (const claim of claims) {
    if (passes(claim)) kept.push(claim);
    else losing.push({ claim, because });
  }
  return kept;
}

/** One record may speak of a package twice (two ranges of entries): only a later revision replaces it. */
function isRevised(claim: Claim, claims: readonly Claim[]): boolean {
  return claims.some(
    (other) => other.feed === claim.feed && other.advisory === claim.advisory && stampOf(other) > stampOf(claim),
  );
}

function rankOf(claim: Claim): number {
  return CLAIM_AUTHORITIES.indexOf(claim.authority);
}

/** When the claim was last stated. */
function stampOf(claim: Claim): number {
  return claim.modified ?? claim.published ?? Number.NEGATIVE_INFINITY;
}

/** Oldest publication first, then by name, so that equal input in any order gives equal judgments. */
function byAge(a: Claim, b: Claim): number {
  const age = (a.published ?? Number.POSITIVE_INFINITY) - (b.published ?? Number.POSITIVE_INFINITY);
  if (age !== 0 && !Number.isNaN(age)) return age;
  return compareText(a.feed, b.feed) || compareText(a.advisory, b.advisory);
}

function compareText(a: string, b: string): number {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}
