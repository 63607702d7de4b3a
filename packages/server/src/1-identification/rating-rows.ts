import { type Rating, type RatingScale, ratingOf, type SsvcPoint } from '@patchsteward/core/2-evaluation';
import type { Instant } from '@patchsteward/core/vocabulary';
import type { Rated } from '@patchsteward/feeds';
import { cvssScore, severityOf } from '@patchsteward/standards/cvss';
import { canonicalJson, sha256 } from '@patchsteward/trust';

/** A row of identification.rating_record, as the database reads it from JSON. */
export interface RatingRecordRow {
  readonly vulnerability: string;
  readonly record: string;
  readonly ratings: readonly Rating[];
  readonly points: readonly SsvcPoint[];
  readonly rejected: boolean;
  readonly modified: string | null;
  readonly revision: string;
}

/** What a record says, with its scores computed. */
export function ratingRecordRow({
  vulnerability,
  record,
  ratings,
  points,
  rejected,
  modified,
}: Rated): RatingRecordRow {
  const weighed = { ratings: ratings.map((written) => ratingOf(written, weigh)), points, rejected };
  return {
    ...{ vulnerability, record, ...weighed },
    modified: timeOf(modified),
    // Of what was read, not of the bytes: the same record in another spelling is no new revision.
    revision: sha256(canonicalJson(weighed)),
  };
}

const SCALES: Readonly<Record<string, RatingScale>> = {
  '2.0': 'cvss-2.0',
  '3.0': 'cvss-3.0',
  '3.1': 'cvss-3.1',
  '4.0': 'cvss-4.0',
};

/** Of the base metrics: threat and environment are ours to add. */
function weigh(vector: string) {
  const score = cvssScore(vector);
  if ('fault' in score) return null;
  const scale = SCALES[score.version];
  if (scale === undefined) throw new TypeError(`a version of CVSS without its scale: ${score.version}`);
  return { scale, score: score.base, level: severityOf(score.version, score.base) };
}

function timeOf(instant: Instant | null): string | null {
  return instant === null ? null : new Date(instant).toISOString();
}
