import type { VersionOrder } from '../versions/index.ts';
import type { Claim, VersionRange } from './claim.ts';
import type { LosingClaim, SourceVersion } from './judgment.ts';
import { hasProductLines, type ProductLine, productLineOf } from './product-line.ts';
import { inclusionOf, nextFix, rangeContains } from './version-range.ts';
import { lost, lowestFix, type Weighed } from './weighed.ts';
import { whyAffected, whyFixed, whyNotAffected, whyOtherLine } from './why.ts';

/** Where a range of a claim ends, and in which branch of the product. */
interface End {
  readonly claim: Claim;
  readonly range: VersionRange;
  readonly at: string;
  readonly line: ProductLine | null;
}

/**
 * Weighs the claims of one authority that call versions of a product affected, oldest first. Vendors mend branches side
 * by side: what ends in the branch of the version decides. What ends in another one makes affected whatever it holds,
 * and clears nothing: where a version has passed such an end alone, nobody knows, and that is the answer.
 */
export function weighOfProduct(source: SourceVersion, claims: readonly Claim[], order: VersionOrder): Weighed | null {
  const newest = claims.at(-1);
  if (newest === undefined) return null;
  const version = source.sourceVersion;
  const ends = endsOf(source.source, claims);
  const passed = ends.filter((end) => isPassed(end, version, order)).sort((a, b) => order.compare(a.at, b.at));
  const holding = claims.filter((claim) => inclusionOf(claim, version, order).kind !== 'outside');

  const isOwn = ownEndsOf(source, ends);
  const cleared = passed.find(isOwn);
  const stillHeld = (claim: Claim) => holdsBeside(claim, cleared?.at ?? version, version, isOwn, ends, order);
  if (cleared !== undefined && !holding.some(stillHeld)) return clearedBy(cleared, source, claims, holding, order);

  const winner = lowestFix(holding, version, order);
  if (winner !== null) {
    const losing = [
      ...lost(holding, [winner], 'fixed-in-higher-version'),
      ...lost(claims, holding, 'version-not-in-range'),
    ];
    const fixed = nextFix(winner, version, order);
    return { status: 'affected', winner, losing, fixed, why: whyAffected(source, winner, order) };
  }
  const last = passed.at(-1);
  if (last !== undefined && isUnknown(last, source)) return unknownBy(last.claim, last.at, source, claims);
  const losing = lost(claims, [newest], 'version-not-in-range');
  return { status: 'not_affected', winner: newest, losing, fixed: null, why: whyNotAffected(source, newest) };
}

/** What a vendor calls fixed from some version on is so in the branch of that version. */
export function isFixedElsewhere({ source, sourceVersion }: SourceVersion, claim: Claim, order: VersionOrder): boolean {
  if (claim.status !== 'fixed' || !hasProductLines(source)) return false;
  if (claim.versions.some((listed) => order.compare(sourceVersion, listed) === 0)) return false;
  const own = productLineOf(source, sourceVersion);
  const holding = claim.ranges.filter((range) => rangeContains(range, sourceVersion, order));
  const isOwn = ({ introduced }: VersionRange) =>
    own !== null && introduced !== null && productLineOf(source, introduced)?.train === own.train;
  return holding.length > 0 && !holding.some(isOwn);
}

/** Of a version of which its vendor names nothing but what was done in another branch. */
export function unknownBy(claim: Claim, at: string, source: SourceVersion, claims: readonly Claim[]): Weighed {
  const train = productLineOf(source.source, source.sourceVersion)?.train ?? null;
  const losing = lost(claims, [claim], 'version-not-in-range');
  const why = whyOtherLine(source, claim, at, train);
  return { status: 'under_investigation', winner: claim, losing, fixed: null, why };
}

function endsOf(product: string, claims: readonly Claim[]): End[] {
  return claims.flatMap((claim) =>
    claim.ranges.flatMap((range) => {
      const at = range.fixed ?? range.lastAffected;
      return at === null ? [] : [{ claim, range, at, line: productLineOf(product, at) }];
    }),
  );
}

function isPassed({ range, at }: End, version: string, order: VersionOrder): boolean {
  return order.compare(version, at) >= (range.fixed === null ? 1 : 0);
}

/** Which ends speak of the version: patches of its own release where there are any, else those of its branch. */
function ownEndsOf({ source, sourceVersion }: SourceVersion, ends: readonly End[]): (end: End) => boolean {
  // A product of which no branches are known has one.
  if (!hasProductLines(source)) return () => true;
  const own = productLineOf(source, sourceVersion);
  if (own === null) return () => false;
  const isPatch = ({ line }: End) => line?.isPatch === true && line.release === own.release;
  return ends.some(isPatch) ? isPatch : ({ line }) => line?.train === own.train && !line.isPatch;
}

/**
 * Whether a claim calls the version affected beside an end of its own branch that it has passed: by its name, by a range
 * that ends in that branch as well, or by one that begins behind that end (what was mended came in again).
 */
function holdsBeside(
  claim: Claim,
  passed: string,
  version: string,
  isOwn: (end: End) => boolean,
  ends: readonly End[],
  order: VersionOrder,
): boolean {
  if (inclusionOf(claim, version, order).kind === 'listed') return true;
  const own = new Set(ends.filter(isOwn).map(({ range }) => range));
  return claim.ranges.some((range) => {
    if (!rangeContains(range, version, order)) return false;
    return own.has(range) || (range.introduced !== null && order.compare(range.introduced, passed) > 0);
  });
}

function clearedBy(
  { claim, range }: End,
  source: SourceVersion,
  claims: readonly Claim[],
  holding: readonly Claim[],
  order: VersionOrder,
): Weighed {
  // A range without an end was told before there was a fix, or in spite of it: that is shown. One with an end in another
  // branch does not speak of this one.
  const isElsewhere = (one: Claim) =>
    one.ranges.some(
      (held) => (held.fixed ?? held.lastAffected) !== null && rangeContains(held, source.sourceVersion, order),
    );
  const elsewhere = holding.filter(isElsewhere);
  const contesting = holding.filter((one) => one !== claim && !isElsewhere(one));
  const losing: LosingClaim[] = [
    ...lost(contesting, [], 'fixed-by-earlier-advisory'),
    ...lost(elsewhere, [claim], 'of-another-build-line'),
    ...lost(claims, [claim, ...holding], 'version-not-in-range'),
  ];
  if (range.fixed === null) {
    return { status: 'not_affected', winner: claim, losing, fixed: null, why: whyNotAffected(source, claim) };
  }
  const why = whyFixed(source, claim, range.fixed, contesting);
  return { status: 'fixed', winner: claim, losing, fixed: range.fixed, why };
}

/** Whether all that is known is an end that the version has passed in a branch that is not its own. */
function isUnknown({ line, range }: End, { source, sourceVersion }: SourceVersion): boolean {
  if (!hasProductLines(source)) return false;
  const own = productLineOf(source, sourceVersion);
  if (own === null || line === null || line.train === own.train) return true;
  // A range that begins and ends in one branch says that this branch is affected, and of no other that it was.
  return range.introduced === null || productLineOf(source, range.introduced)?.train !== line.train;
}
