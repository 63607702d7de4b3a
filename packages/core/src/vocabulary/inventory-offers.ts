import type { OriginId } from './inventory-origins.ts';

/** A version that a configured origin offers above the installed one. */
export interface OfferedUpdate {
  readonly name: string;
  readonly architecture: string;
  readonly from: string;
  readonly to: string;
  /** Source package of the offered version. */
  readonly source: string;
  readonly sourceVersion: string;
  /** Origins that list exactly the offered version. */
  readonly origins: readonly OriginId[];
  /** The offered file, as the signed index names it; null where the index gives none. */
  readonly sha256: string | null;
  readonly sizeBytes: number | null;
  /** Offered in phases and not yet to this machine (Ubuntu `Phased-Update-Percentage`). */
  readonly phased: boolean;
  /** `nodejs:18` for an rpm of a module; absent for all others. */
  readonly module?: string;
}

/** The section `updates`: the package manager's candidates. Sorted by name, then architecture. */
export interface UpdateOffers {
  /** Whose versions these are; absent: deb, whose sections have named none from the beginning. */
  readonly ecosystem?: 'rpm' | 'apk';
  readonly updates: readonly OfferedUpdate[];
  /**
   * What the package manager said instead of an answer (a broken source list, an index it may not read): then nothing
   * is known of updates, `updates` is empty and every installed package has `origins: null`. Null: it answered.
   */
  readonly unanswered: string | null;
}
