import type { PackageSet, Reason } from '../vocabulary/index.ts';
import type { ClaimIndex } from './claim-index.ts';
import { coverage, notCovered } from './coverage.ts';
import { findingsOf, type PackageFindings, type UnjudgedPackage } from './finding.ts';
import { judge } from './judge.ts';
import { speakingClaims } from './speaking-claims.ts';

/** What one host is affected by; or why that cannot be said. */
export type Identification =
  | ({ readonly kind: 'judged'; readonly scope: string | null; readonly sources: number } & PackageFindings)
  | { readonly kind: 'not-judged'; readonly reason: Reason };

/** Judges one package set by claims in memory. // SOP P1.1 P1.2 */
export function identify(packageSet: PackageSet, claims: ClaimIndex): Identification {
  const covered = coverage(packageSet, claims.feeds);
  if (covered.kind === 'not-judged') return covered;

  let sources = 0;
  const found = findingsOf(packageSet, claims.speaksOf, (version, order) => {
    sources += 1;
    return judge(version, speakingClaims({ version, order }, claims), order);
  });
  // Of a list of components nobody may speak at all: an empty answer is never a clean one.
  if (sources === 0 && found.unjudged.some(isUncovered)) return notCovered(packageSet.release.prettyName);
  return { kind: 'judged', scope: covered.scope, sources, ...found };
}

function isUncovered({ reason }: UnjudgedPackage): boolean {
  return reason.code === 'release-not-covered';
}
