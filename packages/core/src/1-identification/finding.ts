import type { VersionOrder } from '../versions/index.ts';
import { type InstalledPackage, type OriginId, type PackageSet, type Reason, reasonOf } from '../vocabulary/index.ts';
import type { ClaimStatus } from './claim.ts';
import type { IsCovered } from './coverage.ts';
import { componentOf, type JudgedAs, judgedAs } from './judged-as.ts';
import { contestingClaims, identityOf, isFinding, isUndecided, type Judgment, type SourceVersion } from './judgment.ts';
import { originClass } from './origin-class.ts';
import { unfixedReason } from './past-support.ts';
import { subscriptionNeeded } from './subscription.ts';

/** A version that some configured origin offers and that has the fix. */
export interface FixOffer {
  readonly name: string;
  readonly to: string;
  readonly origins: readonly OriginId[];
}

/** One vulnerability in one installed binary package. */
export interface Finding {
  readonly package: string;
  readonly architecture: string;
  readonly installed: string;
  /** The source that was judged: for signed boot code the source that it signs. */
  readonly source: string;
  readonly sourceVersion: string;
  readonly vulnerability: string;
  readonly advisory: string;
  readonly feed: string;
  readonly status: ClaimStatus;
  readonly fixed: string | null;
  readonly why: string;
  readonly judgment: Judgment;
  /** null: nobody asked the package manager what it offers; empty: it offers no fix. */
  readonly offered: readonly FixOffer[] | null;
  readonly reasons: readonly Reason[];
}

/** A package that no claim may judge, and why. */
export interface UnjudgedPackage {
  readonly package: InstalledPackage;
  readonly reason: Reason;
}

export interface PackageFindings {
  readonly findings: readonly Finding[];
  readonly unjudged: readonly UnjudgedPackage[];
  /** Fixed by one advisory and named again by a later one with a higher version: shown beside findings, not counted. */
  readonly contested: readonly Finding[];
  /** Of which nobody says yet whether it is affected: no finding, and not clean either. */
  readonly undecided: readonly Finding[];
}

/**
 * What a package set is affected by, given the judgments of its source versions. Each source version is asked for
 * once, however many packages come from it.
 */
export function findingsOf(
  packageSet: PackageSet,
  isCovered: IsCovered,
  judgmentsOf: (source: SourceVersion, order: VersionOrder) => readonly Judgment[],
): PackageFindings {
  const findings: Finding[] = [];
  const contested: Finding[] = [];
  const undecided: Finding[] = [];
  const unjudged: UnjudgedPackage[] = [];
  const known = new Map<string, readonly Judgment[]>();
  for (const installed of packageSet.packages) {
    const judged = judgedInSet(installed, packageSet, isCovered);
    if ('code' in judged) {
      unjudged.push({ package: installed, reason: judged });
      continue;
    }
    const { version, order } = judged;
    const key = identityOf(version);
    const judgments = known.get(key) ?? judgmentsOf(version, order).filter(matters);
    known.set(key, judgments);
    for (const judgment of judgments) {
      const finding = findingOf(installed, version, judgment);
      if (isFinding(judgment)) findings.push(finding);
      else if (contestingClaims(judgment).length > 0) contested.push(finding);
      else undecided.push({ ...finding, reasons: [] });
    }
  }
  const sorted = { findings: findings.sort(byPlace), contested: contested.sort(byPlace) };
  return { ...sorted, unjudged, undecided: undecided.sort(byPlace) };
}

function matters(judgment: Judgment): boolean {
  return isFinding(judgment) || contestingClaims(judgment).length > 0 || isUndecided(judgment);
}

/** The ranges of a distribution say nothing of what only a third party lists. */
function judgedInSet(installed: InstalledPackage, packageSet: PackageSet, isCovered: IsCovered): JudgedAs | Reason {
  const judged = judgedAs(componentOf(installed, packageSet), isCovered);
  if ('code' in judged) return judged;
  const isForeign = originClass(installed, packageSet.publishers, packageSet.release) === 'third-party';
  return isForeign ? reasonOf('third-party-origin', `${installed.name} ${installed.version}`) : judged;
}

type Installed = Pick<InstalledPackage, 'name' | 'architecture' | 'version' | 'hold' | 'pin' | 'state'>;

/** What a judgment of a source version means for one package that was built from it. */
export function findingOf(installed: Installed, source: SourceVersion, judgment: Judgment): Finding {
  return {
    package: installed.name,
    architecture: installed.architecture,
    installed: installed.version,
    source: source.source,
    sourceVersion: source.sourceVersion,
    vulnerability: judgment.vulnerability,
    advisory: judgment.winner.advisory,
    feed: judgment.winner.feed,
    status: judgment.status,
    fixed: judgment.fixed,
    why: judgment.why,
    judgment,
    offered: null,
    reasons: reasonsOf(installed, source, judgment),
  };
}

function reasonsOf(installed: Installed, source: SourceVersion, judgment: Judgment): Reason[] {
  const reasons: Reason[] = [];
  if (isFinding(judgment) && judgment.fixed === null) {
    reasons.push(unfixedReason(judgment.status, judgment.vulnerability));
  }
  const subscription = isFinding(judgment) ? subscriptionNeeded(source, judgment) : null;
  if (subscription !== null) {
    reasons.push(reasonOf('fix-needs-subscription', `${source.source} ${judgment.fixed} of ${subscription}`));
  }
  if (!isFinding(judgment)) reasons.push(reasonOf('fix-contested', judgment.vulnerability));
  if (installed.hold) reasons.push(keptReason(installed));
  if (installed.state === 'broken') reasons.push(reasonOf('package-broken', installed.name));
  return reasons;
}

/** What keeps a version from being replaced: the preferences, with the words of the pin, or a hold. */
export function keptReason({ name, pin }: Pick<InstalledPackage, 'name' | 'pin'>): Reason {
  return pin === undefined ? reasonOf('fix-held', name) : reasonOf('fix-pinned', `${name} (${pin})`);
}

/** The administrator keeps the package from its fix, by a hold or a pin. */
export function isKept({ reasons }: Pick<Finding, 'reasons'>): boolean {
  return reasons.some(({ code }) => code === 'fix-held' || code === 'fix-pinned');
}

/** By source, then package, then vulnerability: the order in which a person repairs. */
export function byPlace(a: Finding, b: Finding): number {
  for (const field of ['source', 'package', 'architecture', 'vulnerability'] as const) {
    if (a[field] !== b[field]) return a[field] < b[field] ? -1 : 1;
  }
  return 0;
}
