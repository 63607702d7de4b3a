import type { RatingVoice, Severity } from '../policy/index.ts';
import type { Instant } from '../vocabulary/index.ts';
import { levelOfWord } from './rating-words.ts';

/** In what terms a source rates, the one that says most first. */
export const RATING_SCALES = ['cvss-4.0', 'cvss-3.1', 'cvss-3.0', 'cvss-2.0', 'words'] as const;
export type RatingScale = (typeof RATING_SCALES)[number];

interface Rater {
  readonly voice: RatingVoice;
  /** Who it is: `redhat`, `CISA-ADP`, `NVD`, `debian`. */
  readonly source: string;
  /** The distribution of whose packages a vendor speaks: `debian`; null: of the vulnerability anywhere. */
  readonly distribution: string | null;
  /** The record or advisory that says so. */
  readonly record: string;
  readonly at: Instant | null;
}

/** How severe a source calls a vulnerability, as it wrote it. */
export interface WrittenRating extends Rater {
  readonly scale: RatingScale;
  readonly vector: string | null;
  readonly stated: StatedRating;
}

interface StatedRating {
  readonly score: number | null;
  readonly level: string | null;
}

/** The same, weighed: the score follows from the vector wherever there is one. */
export interface Rating extends WrittenRating {
  /** CVSS base score. */
  readonly score: number | null;
  readonly level: Severity;
  /** What is stated stays as it was stated; that it cannot be so is said. */
  readonly problem: RatingProblem | null;
}

export type RatingProblem = 'vector-unreadable' | 'score-differs' | 'level-differs';

/** What a vector comes to, from whoever knows the equations; null: it is no vector. // decided 2 */
export type Weigh = (
  vector: string,
) => { readonly scale: RatingScale; readonly score: number; readonly level: Exclude<Severity, 'unknown'> } | null;

/** Scores are computed, not believed: sources round, copy and mistype them. // CVSS 4.0 §8 */
export function ratingOf(written: WrittenRating, weigh: Weigh): Rating {
  const { vector, stated } = written;
  const word = stated.level === null ? null : levelOfWord(stated.level);
  if (vector === null) return { ...written, score: stated.score, level: word ?? 'unknown', problem: null };
  const weighed = weigh(vector);
  if (weighed === null) {
    return { ...written, score: stated.score, level: word ?? 'unknown', problem: 'vector-unreadable' };
  }
  const { scale, score, level } = weighed;
  return { ...written, scale, score, level, problem: problemOf(stated.score, score, word, level) };
}

function problemOf(
  statedScore: number | null,
  score: number,
  statedLevel: Severity | null,
  level: Severity,
): RatingProblem | null {
  if (statedScore !== null && statedScore !== score) return 'score-differs';
  return statedLevel !== null && statedLevel !== level ? 'level-differs' : null;
}
