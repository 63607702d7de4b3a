import type { FindingFacts } from '@patchsteward/core/2-evaluation';
import type { Instant } from '@patchsteward/core/vocabulary';

/** A version that is offered, with what says when it was released. */
export interface DatedOffer {
  readonly source: string;
  readonly source_version: string;
  readonly kind: 'security' | 'bugfix' | 'feature' | 'unknown';
  readonly first_seen: Instant;
  /** Of the first signed index that listed it. */
  readonly index_date: Instant | null;
}

/** An offered version that ends nothing that is known, as evaluation takes it: it is due all the same. // SOP S2 */
export function plainFacts({ source, source_version, kind, first_seen, index_date }: DatedOffer): FindingFacts {
  return {
    subject: `${source} ${source_version}`,
    security: kind === 'security',
    fixed: source_version,
    advisoryAt: null,
    advisoryPrecision: 'time',
    indexAt: index_date,
    advisorySeen: first_seen,
    declaredEmergencyAt: null,
    intelligence: null,
  };
}
