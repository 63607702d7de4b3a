import { MANAGED_ECOSYSTEMS, type PackageChange, type Target, type TransactionProposal } from '@patchsteward/core/plan';
import { type Hash, type Instant, MINUTE_MS, type OriginId } from '@patchsteward/core/vocabulary';
import { canonicalJson, sha256 } from '@patchsteward/trust';
import type { NewLeaf, Wish } from '../platform/corridor.ts';
import type { Reader, Tx } from '../platform/database.ts';
import { newId } from '../platform/ids.ts';
import {
  insertQuestions,
  lockProposal,
  type Question,
  readOpenQuestions,
  reopenFutile,
  reopenQuestions,
  storeAnswer,
  type WantedTransaction,
  withdrawOutdated,
} from './proposal-store.ts';
import { askVerification } from './verification-store.ts';

/** Questions that one check-in brings to a host; the next brings more. */
const QUESTIONS_MAX = 100;
/** A campaign of ten thousand hosts asks in ten statements; one statement stays some hundred kilobytes. */
const QUESTIONS_PER_STATEMENT_MAX = 1_000;
const FUTILE_AFTER_MS = 15 * MINUTE_MS;

/**
 * Asks hosts what their package managers would do. What is asked or answered already is not asked again, unless the
 * answer has led nowhere for a while: a host whose own indexes were old answers otherwise today.
 */
export async function askProposals(tx: Tx, wanted: readonly WantedTransaction[], at: Instant): Promise<void> {
  for (const questions of chunksOf(questionsOf(wanted))) {
    await withdrawOutdated(tx, questions);
    await insertQuestions(
      tx,
      questions.map((question) => ({ ...question, id: newId(at) })),
      at,
    );
    await reopenFutile(tx, questions, at - FUTILE_AFTER_MS, at);
  }
}

/** Asks again what was answered: the indexes of the hosts may have moved on, or been put right. */
export async function askAgain(tx: Tx, wanted: readonly WantedTransaction[], at: Instant): Promise<void> {
  await askProposals(tx, wanted, at);
  for (const questions of chunksOf(questionsOf(wanted))) await reopenQuestions(tx, questions, at);
}

/** In the order of assets, in which everybody takes the rows. */
function questionsOf(wanted: readonly WantedTransaction[]): (Question & { readonly targets: readonly Target[] })[] {
  return wanted
    .toSorted((a, b) => (a.assetId < b.assetId ? -1 : 1))
    .map(({ assetId, packagesHash, targets }) => {
      const sorted = sortedTargets(targets);
      return { assetId, packagesHash, targets: sorted, targetsHash: targetsHash(sorted) };
    });
}

function* chunksOf<Item>(items: readonly Item[]): Generator<readonly Item[]> {
  for (let from = 0; from < items.length; from += QUESTIONS_PER_STATEMENT_MAX) {
    yield items.slice(from, from + QUESTIONS_PER_STATEMENT_MAX);
  }
}

/** What a host is to be asked at its check-in. */
export async function wantedProposals(
  db: Reader,
  assetId: string,
): Promise<{ readonly id: string; readonly packagesHash: Hash; readonly targets: readonly Target[] }[]> {
  const open = await readOpenQuestions(db, assetId, QUESTIONS_MAX);
  return open.map(({ id, packagesHash, targets }) => ({ id, packagesHash, targets }));
}

export type Stored =
  | { readonly kind: 'stored'; readonly wishes: readonly Wish[]; readonly leaves: readonly NewLeaf[] }
  /** Nobody asked this host that, or not on this package set. */
  | { readonly kind: 'unknown' | 'outdated' };

/** Takes over what a host answered. The same answer twice is one. */
export async function storeProposal(
  tx: Tx,
  given: {
    readonly id: string;
    readonly assetId: string;
    readonly packagesHash: Hash;
    readonly answer: TransactionProposal['answer'];
    /** Whose packages the host is made of; null: not known. */
    readonly ecosystem: string | null;
    /** The origins that the host takes packages from; null: not known, then all configured ones count. */
    readonly hostOrigins: readonly OriginId[] | null;
    readonly at: Instant;
  },
): Promise<Stored> {
  const asked = await lockProposal(tx, given.id, given.assetId);
  if (asked === undefined) return { kind: 'unknown' };
  if (asked.packagesHash !== given.packagesHash) return { kind: 'outdated' };
  const ecosystem = MANAGED_ECOSYSTEMS.find((managed) => managed === given.ecosystem);
  const answer = ecosystem === undefined ? unmanaged(given.ecosystem) : sortedAnswer(given.answer);
  const hostOrigins = given.hostOrigins === null ? null : [...given.hostOrigins].sort();
  const transaction =
    ecosystem !== undefined && answer.kind === 'resolved' ? { ecosystem, changes: answer.changes, hostOrigins } : null;
  const transactionHash = transaction === null ? null : sha256(canonicalJson(transaction));
  await storeAnswer(tx, given.id, { answer, transactionHash }, given.at);
  if (asked.answer !== null && canonicalJson(asked.answer) === canonicalJson(answer)) {
    return { kind: 'stored', wishes: [], leaves: [] };
  }
  const payload = {
    asset: given.assetId,
    packages: given.packagesHash,
    answer: answer.kind,
    transaction: transactionHash,
  };
  const leaves = [{ kind: 'proposal.answered', subject: given.id, payload }];
  if (transaction === null || transactionHash === null) return { kind: 'stored', wishes: [], leaves };
  return { kind: 'stored', wishes: await askVerification(tx, transactionHash, transaction), leaves };
}

/** A work order is for a package manager that we know how to let act. */
function unmanaged(ecosystem: string | null): TransactionProposal['answer'] {
  return { kind: 'impossible', why: `nothing acts on packages of ${ecosystem ?? 'an unknown kind'}` };
}

/** Equal wishes are one, in whatever order they come. */
export function targetsHash(targets: readonly Target[]): Hash {
  return sha256(canonicalJson(sortedTargets(targets)));
}

function sortedTargets(targets: readonly Target[]): Target[] {
  const plain = targets.map(({ name, architecture, to }) => ({ name, architecture, to }));
  return plain.sort((a, b) => (order(a) < order(b) ? -1 : 1));
}

function sortedAnswer(answer: TransactionProposal['answer']): TransactionProposal['answer'] {
  if (answer.kind === 'impossible') return answer;
  const changes = answer.changes.map(
    ({ name, architecture, from, to, sha256: hash, sizeBytes, origin }): PackageChange => ({
      ...{ name, architecture, from, to, sha256: hash, sizeBytes, origin },
    }),
  );
  return { kind: 'resolved', changes: changes.sort((a, b) => (order(a) < order(b) ? -1 : 1)) };
}

/** A space sorts before everything that a name can have. */
function order({ name, architecture }: { readonly name: string; readonly architecture: string }): string {
  return `${name} ${architecture}`;
}
