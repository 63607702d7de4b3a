import type { Claim, ClaimStatus } from './claim.ts';

/** What is judged: a source version on a release, wherever it is installed. */
export interface SourceVersion {
  readonly scope: string;
  readonly source: string;
  readonly sourceVersion: string;
}

/** Why a claim did not decide. */
export type LossCause =
  | 'withdrawn'
  /** A newer revision of the same advisory, or a newer statement of the same authority, stands. */
  | 'superseded-by-newer-revision'
  | 'lower-precedence'
  | 'version-not-in-range'
  /** Another advisory of the same authority fixed it in a lower version, which this source version has. */
  | 'fixed-by-earlier-advisory'
  /** Another advisory of the same authority fixes it in a lower version. */
  | 'fixed-in-higher-version';

/** A claim that lost, and to what. Ignored is not forgotten. */
export interface LosingClaim {
  readonly claim: Claim;
  readonly because: LossCause;
}

/** The winning claim for one vulnerability on one source version, with how it won. */
export interface Judgment {
  readonly vulnerability: string;
  readonly status: ClaimStatus;
  readonly winner: Claim;
  readonly losing: readonly LosingClaim[];
  /** The lowest version in which the winner says it is fixed; null where no fix is known. */
  readonly fixed: string | null;
  /** One sentence a person can check: which version, which range, which advisory. */
  readonly why: string;
}

/** The statuses under which what is installed is affected, whatever the vendor means to do about it. */
const FINDING_STATUSES: readonly ClaimStatus[] = ['affected', 'wont_fix', 'deferred', 'end_of_life'];

/** Whether the judgment makes a finding wherever this source version is installed. */
export function isFinding(judgment: Pick<Judgment, 'status'>): boolean {
  return FINDING_STATUSES.includes(judgment.status);
}

/** Claims that name a higher fix than the one that stands: an advisory that repairs a repair, most of the time. */
export function contestingClaims(judgment: Judgment): readonly Claim[] {
  return judgment.losing.filter(({ because }) => because === 'fixed-by-earlier-advisory').map(({ claim }) => claim);
}
