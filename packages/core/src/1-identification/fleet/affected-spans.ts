import type { VersionOrder } from '../../versions/index.ts';
import type { Claim } from '../claim.ts';
import { judge } from '../judge.ts';
import { isFinding, type SourceVersion } from '../judgment.ts';

/** Where on the line of versions a span begins or ends: at a version that some claim names, or just beside it. */
export interface SpanBound {
  readonly version: string;
  /** Whether versions equal to it lie before the bound. */
  readonly isAfter: boolean;
}

/** All versions from one bound to another are affected; null: from the first, to the last. */
export interface AffectedSpan {
  readonly vulnerability: string;
  readonly from: SpanBound | null;
  readonly to: SpanBound | null;
}

/**
 * What claims mean for any version at all. `judge` compares a version with those that claims name, and with nothing
 * else: between two of these it says the same of all. So it is asked once at each and once in each gap, with places on
 * that line instead of versions, and what it says is true of every version there.
 */
export function affectedSpans(place: SourceVersion, claims: readonly Claim[], order: VersionOrder): AffectedSpan[] {
  const spans: AffectedSpan[] = [];
  for (const [vulnerability, group] of Map.groupBy(claims, (claim) => claim.vulnerability)) {
    const plain = plainSpan(group);
    if (plain !== null) {
      spans.push(plain);
      continue;
    }
    const named = namedVersions(group, order);
    const places = orderOfPlaces(named, order);
    const isAffected = (at: number) =>
      judge({ ...place, sourceVersion: placeText(at) }, group, places).some((judgment) => isFinding(judgment));
    let begun: number | null = null;
    for (let at = 0; at <= 2 * named.length + 1; at++) {
      const affected = at <= 2 * named.length && isAffected(at);
      if (affected) begun ??= at;
      else if (begun !== null) {
        spans.push({ vulnerability, from: boundBefore(begun, named), to: boundBefore(at, named) });
        begun = null;
      }
    }
  }
  return spans;
}

/** Nearly all that vendors say is this: affected up to a fix. Of one such claim nothing is to be weighed. */
function plainSpan([claim, ...more]: readonly Claim[]): AffectedSpan | null {
  const [range, ...ranges] = claim?.ranges ?? [];
  if (claim === undefined || range === undefined || more.length + ranges.length + claim.versions.length > 0)
    return null;
  const { introduced, fixed, lastAffected } = range;
  if (claim.status !== 'affected' || claim.withdrawn !== null || introduced !== null || lastAffected !== null)
    return null;
  const to = fixed === null ? null : { version: fixed, isAfter: false };
  return { vulnerability: claim.vulnerability, from: null, to };
}

/** Rising, each once. */
function namedVersions(claims: readonly Claim[], order: VersionOrder): string[] {
  const texts = claims.flatMap(({ ranges, versions }) => [
    ...versions,
    ...ranges.flatMap(({ introduced, fixed, lastAffected }) => [introduced, fixed, lastAffected]),
  ]);
  const sorted = texts.filter((text) => text !== null).sort(order.compare);
  return sorted.filter((text, at) => at === 0 || order.compare(sorted[at - 1] ?? '', text) !== 0);
}

// Place 2i lies before the i-th named version, 2i + 1 is that version itself.

/** No version holds U+0000. */
const PLACE = '\0';

function placeText(at: number): string {
  return `${PLACE}${at}`;
}

function orderOfPlaces(named: readonly string[], order: VersionOrder): VersionOrder {
  const known = new Map(named.map((version, at) => [version, 2 * at + 1]));
  const placeOf = (text: string): number => {
    if (text.startsWith(PLACE)) return Number(text.slice(1));
    const place = known.get(text) ?? 2 * named.findIndex((version) => order.compare(version, text) === 0) + 1;
    known.set(text, place);
    return place;
  };
  const compare = (a: string, b: string) => Math.sign(placeOf(a) - placeOf(b)) as -1 | 0 | 1;
  return { compare, faultOf: () => null, isValid: () => true };
}

/** Between the place before and this one; null: before the first named version, or after the last. */
function boundBefore(at: number, named: readonly string[]): SpanBound | null {
  const isAfter = at % 2 === 0;
  const version = named[isAfter ? at / 2 - 1 : (at - 1) / 2];
  return version === undefined ? null : { version, isAfter };
}
