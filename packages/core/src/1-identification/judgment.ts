import type { Claim, ClaimStatus } from './claim.ts';

/** What is judged: a source version on a release, wherever it is installed. */
export interface SourceVersion {
  readonly scope: string;
  readonly source: string;
  readonly sourceVersion: string;
  /** What else claims may speak of, of an rpm; absent of all others. */
  readonly build?: RpmBuild;
}

/** An rpm beside its name and version. */
interface RpmBuild {
  /** null: the list does not say. */
  readonly architecture: string | null;
  /** Its source, as claims of its module name it. */
  readonly source: string;
  /** Whether it has the version of its source; if not, no version of that one measures it. */
  readonly hasVersionOfSource: boolean;
}

/** One text for one source version: neither a scope nor the name of a package holds a space. */
export function identityOf({ scope, source, sourceVersion, build }: SourceVersion): string {
  const rpm = build === undefined ? '' : `${build.architecture} ${build.source} ${build.hasVersionOfSource} `;
  return `${scope} ${source} ${rpm}${sourceVersion}`;
}

/** Why a claim did not decide. */
export type LossCause =
  | 'withdrawn'
  /** A newer revision of the same advisory, or a newer statement of the same authority, stands. */
  | 'superseded-by-newer-revision'
  | 'lower-precedence'
  | 'version-not-in-range'
  /** It fixes another line of builds (a minor release that is kept for long) or branch of a product; its own has a fix. */
  | 'of-another-build-line'
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

/** Whether nobody says yet what the judgment comes to: silence is not safety. */
export function isUndecided(judgment: Pick<Judgment, 'status'>): boolean {
  return judgment.status === 'under_investigation';
}

/** Claims that name a higher fix than the one that stands: an advisory that repairs a repair, most of the time. */
export function contestingClaims(judgment: Judgment): readonly Claim[] {
  return judgment.losing.filter(({ because }) => because === 'fixed-by-earlier-advisory').map(({ claim }) => claim);
}
