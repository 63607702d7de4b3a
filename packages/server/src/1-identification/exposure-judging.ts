import {
  type Claim,
  type ClaimIndex,
  firstReleaseOf,
  indexClaims,
  isFinding,
  isKernelSource,
  type Judgment,
  judge,
  type LosingClaim,
  onPlatform,
  orderOfScope,
  type PlatformSupport,
  speakingClaims,
} from '@patchsteward/core/1-identification';
import type { KeyedVersionOrder, VersionOrder } from '@patchsteward/core/versions';
import type { Instant } from '@patchsteward/core/vocabulary';
import { type SourceVersionRow, sourceVersionOf } from './judging-store.ts';

/** A source version that is, or was, installed somewhere. */
export type InstalledVersion = SourceVersionRow;

type JudgedStatus = Judgment['status'] | 'not_judged';

/** What a question means for one source version, wherever it is installed. */
export interface JudgedVersion extends Pick<InstalledVersion, 'id' | 'scope' | 'source' | 'version'> {
  readonly status: JudgedStatus;
  readonly isKernel: boolean;
  readonly vulnerabilities: readonly string[];
  /** Of the one that is fixed last. null: no claim judged it. */
  readonly winner: Claim | null;
  readonly losing: readonly LosingClaim[];
  readonly fixed: string | null;
  readonly fixedKey: Uint8Array | null;
  readonly releasedAt: Instant | null;
  readonly why: string;
}

/** Gravest first: what a version is called that has one vulnerability so and another otherwise. */
const BY_GRAVITY: readonly JudgedStatus[] = [
  'affected',
  'wont_fix',
  'end_of_life',
  'deferred',
  'under_investigation',
  'not_judged',
  'fixed',
  'not_affected',
];

/** Null where the order has no keys: then what is offered is not looked up by the database. */
function keyOf(order: VersionOrder | KeyedVersionOrder, version: string | null): Uint8Array | null {
  return version === null || !('key' in order) ? null : order.key(version);
}

/**
 * Judges what is installed by the claims that a question is about; what nothing can be said of is left out. Past the
 * support of its platform what is open without a fix stays so.
 */
export function judgeVersions(
  installed: readonly InstalledVersion[],
  claims: readonly Claim[],
  supportIn: (scope: string) => PlatformSupport | null,
): ReadonlyMap<number, JudgedVersion> {
  const index = indexClaims(claims);
  const judged = new Map<number, JudgedVersion>();
  for (const version of installed) {
    const one = judgeVersion(version, index);
    if (one !== null) judged.set(version.id, onPlatform(one, supportIn(one.scope), one.scope));
  }
  return judged;
}

function judgeVersion(installed: InstalledVersion, index: ClaimIndex): JudgedVersion | null {
  const { id, scope, source, version } = installed;
  const isKernel = isKernelSource(source);
  const place = { id, scope, source, version, isKernel };
  const order = orderOfScope(scope);
  if (installed.third_party || order === null || !order.isValid(version)) {
    return { ...place, ...unjudged(installed, index.of(scope, source)) };
  }
  const own = sourceVersionOf(installed);
  const judgments = judge(own, speakingClaims({ version: own, order }, index), order);
  const gravest = gravestOf(judgments);
  const last = gravest.reduce<Judgment | null>((found, one) => (isFixedLater(one, found, order) ? one : found), null);
  if (last === null) return null;
  const { status, winner, losing, fixed, why } = last;
  return {
    ...{ ...place, status, winner, losing, fixed, why },
    vulnerabilities: gravest.map(({ vulnerability }) => vulnerability),
    fixedKey: keyOf(order, fixed),
    releasedAt: firstReleaseOf(last, version, order)?.at ?? null,
  };
}

function unjudged({ source, version, third_party }: InstalledVersion, claims: readonly Claim[]) {
  const why = third_party
    ? `${source} ${version} comes from a third party: the claims of the distribution do not speak of it.`
    : `${source} ${version} is no version that could be compared.`;
  const named = new Set(claims.map(({ vulnerability }) => vulnerability));
  const nothing = { winner: null, losing: [], fixed: null, fixedKey: null, releasedAt: null };
  return { ...nothing, status: 'not_judged', why, vulnerabilities: [...named].sort() } as const;
}

/** All findings together, whatever the vendor means to do about each; else those of the gravest status. */
function gravestOf(judgments: readonly Judgment[]): readonly Judgment[] {
  const findings = judgments.filter(isFinding);
  if (findings.length > 0) return findings;
  const ranks = judgments.map(({ status }) => BY_GRAVITY.indexOf(status));
  const gravest = Math.min(...ranks);
  return judgments.filter((_, at) => ranks[at] === gravest);
}

function isFixedLater(one: Judgment, other: Judgment | null, order: VersionOrder): boolean {
  if (other === null) return true;
  if (one.fixed === null || other.fixed === null) return one.fixed === null && other.fixed !== null;
  return order.compare(one.fixed, other.fixed) > 0;
}
