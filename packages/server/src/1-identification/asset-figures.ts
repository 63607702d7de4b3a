import { sql } from 'kysely';
import type { ViewedAsset } from './asset-view.ts';

interface Figures {
  /** One for each vulnerability and installed package. */
  readonly findings: number;
  /** Distinct. */
  readonly knownExploited: number;
}

/**
 * What an asset is exposed to, as it was assessed. Until it is assessed by the last count of its set, what the set has
 * counts, of whatever kernel it is: of what is installed too much, and never too little. null: it has not reported.
 */
export function figuresOf({ packageSet, assessment }: Pick<ViewedAsset, 'packageSet' | 'assessment'>): Figures | null {
  if (packageSet === null || assessment === null) return packageSet;
  const { findings, knownExploited } = assessment;
  const isOfSet = assessment.packageSet === packageSet.id && assessment.revision === packageSet.revision;
  return isOfSet && findings !== null && knownExploited !== null ? { findings, knownExploited } : packageSet;
}

const IS_OF_SET = sql<boolean>`(
  assessment.findings is not null and assessment.package_set_id = package_set.id
  and assessment.set_revision = package_set.revision
)`;

/** The same, put to the database, of `assessment` and `package_set`; null where the asset has not reported. */
export const FINDINGS = sql<
  number | null
>`case when ${IS_OF_SET} then assessment.findings else package_set.findings end`;
export const KNOWN_EXPLOITED = sql<number | null>`case
  when ${IS_OF_SET} then assessment.known_exploited else package_set.known_exploited end`;
