import type { PackageSet, Reason } from '../vocabulary/index.ts';
import type { ClaimIndex } from './claim-index.ts';
import { coverage } from './coverage.ts';
import { findingsOf, type PackageFindings } from './finding.ts';
import { judge } from './judge.ts';

/** What one host is affected by; or why that cannot be said. */
export type Identification =
  | ({ readonly kind: 'judged'; readonly scope: string; readonly sources: number } & PackageFindings)
  | { readonly kind: 'not-judged'; readonly reason: Reason };

/** Judges one package set by claims in memory. // SOP P1.1 P1.2 */
export function identify(packageSet: PackageSet, claims: ClaimIndex): Identification {
  const covered = coverage(packageSet.release, claims.feeds);
  if (covered.kind === 'not-judged') return covered;

  const { scope } = covered;
  let sources = 0;
  const found = findingsOf(
    packageSet,
    (asked) => asked === scope,
    (source, order) => {
      sources += 1;
      return judge(source, claims.of(scope, source.source), order);
    },
  );
  return { kind: 'judged', scope, sources, ...found };
}
