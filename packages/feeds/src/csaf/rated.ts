import type { Advisory, Claim } from '@patchsteward/core/1-identification';
import { levelOfWord, type RatingScale, type WrittenRating } from '@patchsteward/core/2-evaluation';
import { familyOf } from '../family.ts';
import type { Rated } from '../rated.ts';
import type { CsafCvss, CsafDocument, CsafVulnerability } from './schema.ts';

type Said = Pick<WrittenRating, 'scale' | 'vector' | 'stated'>;
type Rater = Pick<WrittenRating, 'voice' | 'source' | 'distribution'>;

/** Publishers write their department behind their name; the beginning says who it is. */
const SOURCE_CHARACTERS_MAX = 100;
/** Beyond, somebody wants to keep us busy: a document scores groups of products, and some dozens of them at most. */
const SAID_MAX = 100;

/**
 * How severe a document calls one of its vulnerabilities. A vendor speaks for what it claims something of: packages of a
 * distribution, or products; who passes on speaks of the vulnerability anywhere. Scores of several products are all kept,
 * and the gravest of them counts, as for whatever an advisory bundles.
 */
export function ratedOf(
  vulnerability: CsafVulnerability,
  { document }: CsafDocument,
  { id, modified }: Advisory,
  claims: readonly Claim[],
): Rated[] {
  const [first] = claims;
  const said = distinct([...scoresOf(vulnerability), ...wordsOf(vulnerability, document.aggregate_severity?.text)]);
  if (first === undefined || said.length === 0) return [];
  const source = document.publisher.name.slice(0, SOURCE_CHARACTERS_MAX);
  const ratings = ratersOf(source, claims).flatMap((rater) =>
    said.slice(0, SAID_MAX).map((one) => ({ ...rater, ...one, record: id, at: modified })),
  );
  return [{ vulnerability: first.vulnerability, record: id, ratings, points: [], rejected: false, modified }];
}

/** What a document says of one vulnerability in several places is one word on it. */
export function mergedRatings(rated: readonly Rated[]): Rated[] {
  const byVulnerability = Map.groupBy(rated, ({ vulnerability }) => vulnerability);
  return [...byVulnerability.values()].flatMap((same) => {
    const [first] = same;
    return first === undefined ? [] : [{ ...first, ratings: distinct(same.flatMap(({ ratings }) => ratings)) }];
  });
}

function ratersOf(source: string, claims: readonly Claim[]): Rater[] {
  if (claims.some(({ authority }) => authority === 'aggregator')) {
    return [{ voice: 'aggregator', source, distribution: null }];
  }
  const families = [...new Set(claims.map(({ scope }) => familyOf(scope)))];
  return families.map((distribution) => ({ voice: 'vendor', source, distribution }));
}

function scoresOf({ scores = [] }: CsafVulnerability): Said[] {
  return scores.flatMap(({ cvss_v2: v2, cvss_v3: v3 }) => [
    ...(v3 === undefined ? [] : [saidOf('cvss-3.1', v3)]),
    ...(v2 === undefined ? [] : [saidOf('cvss-2.0', v2)]),
  ]);
}

/** The scale is that of the vector, once it is weighed. */
function saidOf(scale: RatingScale, { vectorString, baseScore, baseSeverity }: CsafCvss): Said {
  const level = baseSeverity === undefined || levelOfWord(baseSeverity) === null ? null : baseSeverity;
  return { scale, vector: vectorString ?? null, stated: { score: baseScore ?? null, level } };
}

/** A vendor's own word stands among the threats; that of the whole document counts where there is none. */
function wordsOf({ threats = [] }: CsafVulnerability, overall: string | undefined): Said[] {
  const own = threats.filter(({ category }) => category === 'impact').map(({ details }) => details.trim());
  const words = own.filter((word) => levelOfWord(word) !== null);
  const all = words.length > 0 || overall === undefined || levelOfWord(overall) === null ? words : [overall];
  return all.map((level) => ({ scale: 'words', vector: null, stated: { score: null, level } }));
}

function distinct<T>(all: readonly T[]): T[] {
  return [...new Map(all.map((one) => [JSON.stringify(one), one])).values()];
}
