import type { SsvcPoint, WrittenRating } from '@patchsteward/core/2-evaluation';
import type { Instant } from '@patchsteward/core/vocabulary';
import type { Quarantined } from './quarantine.ts';

/** What one record says of how severe and how exploited a vulnerability is. */
export interface Rated {
  readonly vulnerability: string;
  /** A newer revision of it takes the place of all it said before. */
  readonly record: string;
  readonly ratings: readonly WrittenRating[];
  readonly points: readonly SsvcPoint[];
  /** The id was given in error: nobody rates it, and nothing that was said before stands. */
  readonly rejected: boolean;
  readonly modified: Instant | null;
}

/** What a file of such records says. */
export interface RatedFile {
  /** Records that rate nothing are among them: what an earlier revision said is over. */
  readonly rated: readonly Rated[];
  readonly quarantined: readonly Quarantined[];
  /** The newest change of any record. */
  readonly dataAsOf: Instant | null;
}

/** Of each vulnerability its newest record; a record that stands there twice is no fault: lists are cut while they grow. */
export class NewestRated {
  readonly #newest = new Map<string, Rated>();

  add(rated: Rated): void {
    const known = this.#newest.get(rated.vulnerability);
    if (known === undefined || (rated.modified ?? 0) >= (known.modified ?? 0)) {
      this.#newest.set(rated.vulnerability, rated);
    }
  }

  get all(): Rated[] {
    return [...this.#newest.values()];
  }

  get dataAsOf(): Instant | null {
    let latest: Instant | null = null;
    for (const { modified } of this.#newest.values()) {
      if (modified !== null && (latest === null || modified > latest)) latest = modified;
    }
    return latest;
  }
}
