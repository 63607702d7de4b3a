import type { Instant } from '../vocabulary/index.ts';
import type { VulnerabilityFacts } from './facts.ts';

/** What a coordinator says of the inputs of SSVC for one vulnerability, at one time. // SSVC selections */
export interface SsvcPoint extends NonNullable<VulnerabilityFacts['ssvc']> {
  /** `CISA-ADP`. */
  readonly source: string;
  readonly at: Instant | null;
  /** The edition of the table that it was decided for; null where it is not said. */
  readonly version: string | null;
}

/** The newest: exploitation changes with time, and an older word says less. null: nobody says anything. */
export function newestPoint(points: readonly SsvcPoint[]): SsvcPoint | null {
  return points.reduce<SsvcPoint | null>(
    (newest, point) => (newest === null || (point.at ?? 0) > (newest.at ?? 0) ? point : newest),
    null,
  );
}
