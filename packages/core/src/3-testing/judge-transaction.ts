import type { PackageChange } from '../plan/index.ts';
import { type Hash, type OriginId, type Reason, type ReasonCode, reasonOf } from '../vocabulary/index.ts';

/** A file as a verified index lists it. */
export interface ListedFile {
  readonly origin: OriginId;
  readonly name: string;
  readonly version: string;
  readonly architecture: string;
  readonly sha256: Hash;
  readonly sizeBytes: number;
}

/** A configured origin as it stands when a transaction is judged. */
export interface OriginStanding {
  readonly id: OriginId;
  /** Why its index may not be used now; null: a verified one that is in date is there. */
  readonly unusable: ReasonCode | null;
  /** Why its last refresh brought nothing: what is not listed may stand in the index that was refused. */
  readonly problem: ReasonCode | null;
}

export interface TransactionFacts {
  readonly changes: readonly PackageChange[];
  readonly origins: readonly OriginStanding[];
  /** Of the packages concerned, what indexes list: those in force of the origins above. */
  readonly listed: readonly ListedFile[];
  /** The same for every index ever verified that can serve these hosts, so that a swap is seen. */
  readonly everListed: readonly ListedFile[];
  readonly fileBytesMax: number;
  /** The order of versions of the ecosystem. */
  readonly compare: (a: string, b: string) => number;
}

export interface ChangeProblem {
  readonly reason: Reason;
  /** For a person: which file, which hash, which index. */
  readonly detail: string;
}

/**
 * Whether every file of a transaction stands in a verified index of a configured origin, exactly so. No problem means
 * that its bytes may be fetched and held against the hashes; nothing is fetched for a transaction with one.
 * // SOP checklist c8, rollout-and-trust §2.7
 */
export function judgeTransaction(facts: TransactionFacts): ChangeProblem[] {
  if (facts.changes.length === 0) return [problem('transaction-impossible', 'the answer of the host', 'It is empty.')];
  return facts.changes.flatMap((change) => changeProblems(change, facts));
}

function changeProblems(change: PackageChange, facts: TransactionFacts): ChangeProblem[] {
  const { to, sha256, origin } = change;
  const file = `${change.name} ${to ?? ''} (${change.architecture})`;
  if (to === null || sha256 === null || origin === null) {
    return [problem('transaction-impossible', change.name, `${change.name} would be removed.`)];
  }
  const problems: ChangeProblem[] = [];
  if (change.from !== null && facts.compare(to, change.from) <= 0) {
    problems.push(problem('version-not-newer', file, `${file} is not above ${change.from}.`));
  }
  if (change.sizeBytes > facts.fileBytesMax) {
    problems.push(problem('package-too-large', file, `${file} has ${change.sizeBytes} bytes.`));
  }
  return [...problems, ...listingProblems({ ...change, to, sha256, origin }, file, facts)];
}

type Installed = PackageChange & { readonly to: string; readonly sha256: Hash; readonly origin: OriginId };

function listingProblems(change: Installed, file: string, facts: TransactionFacts): ChangeProblem[] {
  const standing = facts.origins.find(({ id }) => id === change.origin);
  if (standing === undefined) {
    return [problem('origin-not-configured', change.origin, `${file} comes from ${change.origin}.`)];
  }
  if (standing.unusable !== null) {
    return [
      problem(standing.unusable, change.origin, `${file} comes from ${change.origin}, which has no usable index.`),
    ];
  }
  const same = (one: ListedFile): boolean =>
    one.name === change.name && one.version === change.to && one.architecture === change.architecture;
  const here = facts.listed.filter((one) => one.origin === change.origin && same(one));
  const other = [...here, ...facts.everListed.filter(same)].find((one) => one.sha256 !== change.sha256);
  if (other !== undefined) {
    const detail = `The host names ${change.sha256} for ${file}; ${other.origin} lists ${other.sha256}.`;
    return [problem('hash-mismatch', file, detail)];
  }
  if (here.length === 0) {
    const code = standing.problem ?? 'package-not-listed';
    const subject = standing.problem === null ? `${file} of ${change.origin}` : change.origin;
    return [problem(code, subject, `${change.origin} lists no ${file}.`)];
  }
  if (here.some((one) => one.sizeBytes !== change.sizeBytes)) {
    return [problem('hash-mismatch', file, `The host names ${change.sizeBytes} bytes for ${file}; the index others.`)];
  }
  return [];
}

function problem(code: ReasonCode, subject: string, detail: string): ChangeProblem {
  return { reason: reasonOf(code, subject), detail };
}
