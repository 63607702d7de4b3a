import type { Policy, RatingVoice, Severity } from '../policy/index.ts';
import { RATING_SCALES, type Rating } from './rating.ts';

/** Why a rating is the one that counts, or is not. A closed list; the first difference to the believed one. */
export type RatingPlace =
  | 'believed'
  | 'voice-comes-later'
  | 'older-scale'
  | 'less-severe'
  | 'older'
  | 'said-before'
  | 'voice-not-believed'
  | 'says-nothing';

export interface PlacedRating {
  readonly rating: Rating;
  readonly place: RatingPlace;
}

/**
 * All ratings of a vulnerability, the believed one first. Whom to believe is the policy's; of one voice the newer scale
 * counts, then what is more severe, then what is newer. A vendor speaks for its own distribution: elsewhere its word
 * comes after everybody's, since it was not about those packages. // decided 19c, SOP P2.1
 */
export function placedRatings(
  ratings: readonly Rating[],
  distribution: string | null,
  { severity: { voices } }: Pick<Policy, 'severity'>,
): readonly PlacedRating[] {
  const rankOf = (rating: Rating) => ranks(rating, voices.indexOf(voiceOf(rating, distribution)));
  const speaking = ratings.filter(speaks);
  const heard = speaking
    .filter((rating) => voices.includes(voiceOf(rating, distribution)))
    .map((rating) => ({ rating, rank: rankOf(rating) }))
    .sort((a, b) => compareRanks(a.rank, b.rank));
  const first = heard[0];
  return [
    ...heard.map(({ rating, rank }) => ({
      rating,
      place: first === undefined || rating === first.rating ? ('believed' as const) : differenceOf(first.rank, rank),
    })),
    ...speaking.filter((rating) => !heard.some((one) => one.rating === rating)).map(placing('voice-not-believed')),
    ...ratings.filter((rating) => !speaks(rating)).map(placing('says-nothing')),
  ];
}

/** What sources come to on one distribution. */
export interface BelievedSeverity {
  readonly severity: Severity;
  /** Who says so; null where nobody does. */
  readonly from: string | null;
  /** CVSS base score. */
  readonly cvss: number | null;
}

/**
 * The word and the score of the believed rating. Both are of one source: the score of another one would put on the
 * critical clock what the vendor calls low.
 */
export function believedSeverity(
  ratings: readonly Rating[],
  distribution: string | null,
  policy: Pick<Policy, 'severity'>,
): BelievedSeverity {
  const [first] = placedRatings(ratings, distribution, policy);
  if (first?.place !== 'believed') return { severity: 'unknown', from: null, cvss: null };
  const { level, score } = first.rating;
  return { severity: level, from: raterName(first.rating), cvss: score };
}

/** `redhat (CNA)`: the name alone would not say in which role it speaks. */
export function raterName({ voice, source }: Pick<Rating, 'voice' | 'source'>): string {
  if (voice === 'cna') return `${source} (CNA)`;
  return voice === 'adp' ? `${source} (ADP)` : source;
}

function placing(place: RatingPlace) {
  return (rating: Rating): PlacedRating => ({ rating, place });
}

function speaks({ level, score }: Rating): boolean {
  return level !== 'unknown' || score !== null;
}

function voiceOf({ voice, distribution: own }: Rating, distribution: string | null): RatingVoice {
  return voice === 'vendor' && own !== distribution ? 'other-vendor' : voice;
}

const LEVELS: readonly Severity[] = ['none', 'low', 'medium', 'high', 'critical'];

/** Smaller is believed before larger. */
type Ranks = readonly [voice: number, scale: number, score: number, level: number, age: number];
const DIFFERENCES = ['voice-comes-later', 'older-scale', 'less-severe', 'less-severe', 'older'] as const;

function ranks({ scale, score, level, at }: Rating, voice: number): Ranks {
  return [voice, RATING_SCALES.indexOf(scale), -(score ?? 0), -LEVELS.indexOf(level), -(at ?? 0)];
}

function compareRanks(a: Ranks, b: Ranks): number {
  const at = a.findIndex((rank, place) => rank !== b[place]);
  return at === -1 ? 0 : (a[at] ?? 0) - (b[at] ?? 0);
}

function differenceOf(first: Ranks, rank: Ranks): RatingPlace {
  const at = rank.findIndex((one, place) => one !== first[place]);
  return DIFFERENCES[at] ?? 'said-before';
}
