import type { ManagedEcosystem, PackageChange, Rollback } from '@patchsteward/core/plan';
import type { Hash, Instant, OriginId, Reason } from '@patchsteward/core/vocabulary';
import { sql } from 'kysely';
import { type JsonValue, json, timestamp } from '../platform/column-types.ts';
import type { Wish } from '../platform/corridor.ts';
import type { Reader, Tx } from '../platform/database.ts';

export const VERIFY = 'transaction.verify';
/** What one new index sends back to be looked at; the rest follows with the next. */
const AGAIN_MAX = 5_000;

/** What is verified: the changes, and the origins that hosts take packages from, where they are known. */
export interface Transaction {
  readonly ecosystem: ManagedEcosystem;
  readonly changes: readonly PackageChange[];
  readonly hostOrigins: readonly OriginId[] | null;
}

/** Before there was another family, none was named. */
const FORMER_FAMILY: { readonly ecosystem?: ManagedEcosystem } = { ecosystem: 'deb' };

interface Problem {
  readonly reason: Reason;
  readonly detail: string;
}

export interface VerificationRow {
  readonly hash: Hash;
  readonly transaction: Transaction;
  /** `stalled`: nothing is wrong with it, but its files cannot be had now. */
  readonly state: 'pending' | 'stalled' | 'verified' | 'failed';
  readonly evidence: Hash | null;
  readonly rollback: Rollback | null;
  readonly problems: readonly Problem[];
  readonly checkedAt: Instant | null;
  readonly failures: number;
}

/** Asks for the verification of a transaction; what failed before gets another chance with every new answer. */
export async function askVerification(tx: Tx, hash: Hash, transaction: Transaction): Promise<Wish[]> {
  await tx
    .insertInto('testing.verification')
    .values({ transaction_hash: hash, transaction: json(asJson(transaction)), state: 'pending', problems: json([]) })
    .onConflict((conflict) =>
      conflict
        .column('transaction_hash')
        .doUpdateSet({ state: 'pending' })
        .where('testing.verification.state', 'in', ['failed', 'stalled']),
    )
    .execute();
  const row = await readVerification(tx, hash);
  return row?.state === 'verified' ? [] : [wishOf(hash)];
}

export async function readVerification(db: Reader, hash: string): Promise<VerificationRow | undefined> {
  const row = await db
    .selectFrom('testing.verification')
    .selectAll()
    .where('transaction_hash', '=', hash)
    .executeTakeFirst();
  return row === undefined ? undefined : verificationOf(row);
}

export async function readVerifications(db: Reader, hashes: readonly string[]): Promise<VerificationRow[]> {
  if (hashes.length === 0) return [];
  const rows = await db
    .selectFrom('testing.verification')
    .selectAll()
    .where('transaction_hash', 'in', hashes)
    .execute();
  return rows.map(verificationOf);
}

/** Two servers may have verified it at once: the outcome is written one after the other. */
export async function lockVerification(tx: Tx, hash: Hash): Promise<VerificationRow | undefined> {
  const row = await tx
    .selectFrom('testing.verification')
    .selectAll()
    .where('transaction_hash', '=', hash)
    .forUpdate()
    .executeTakeFirst();
  return row === undefined ? undefined : verificationOf(row);
}

export interface Outcome {
  readonly state: 'stalled' | 'verified' | 'failed';
  readonly evidence: Hash | null;
  readonly rollback: Rollback | null;
  readonly problems: readonly Problem[];
  readonly failures: number;
}

export async function storeOutcome(tx: Tx, hash: Hash, outcome: Outcome, at: Instant): Promise<void> {
  const { state, evidence, rollback, problems, failures } = outcome;
  await tx
    .updateTable('testing.verification')
    .set({
      ...{ state, evidence, failures, checked_at: timestamp(at) },
      rollback: rollback === null ? null : json(asJson(rollback)),
      problems: json(asJson(problems)),
    })
    .where('transaction_hash', '=', hash)
    .execute();
}

/** Transactions that a new index may help, and verified ones that it contradicts. */
export async function wishesToVerifyAgain(tx: Tx): Promise<Wish[]> {
  const { rows } = await sql<{ transaction_hash: Hash }>`
    select transaction_hash from testing.verification as verification
    where exists (select from testing.proposal as asked where asked.transaction_hash = verification.transaction_hash)
    and (state <> 'verified' or exists (
      select from jsonb_to_recordset(verification.transaction -> 'changes')
        as change (name text, "to" text, architecture text, sha256 text)
      join testing.listed_package as listed
        on listed.name = change.name and listed.version = change."to" and listed.architecture = change.architecture
      where listed.file_hash <> change.sha256
    ))
    order by transaction_hash limit ${AGAIN_MAX}
  `.execute(tx);
  return rows.map((row) => wishOf(row.transaction_hash));
}

function wishOf(hash: Hash): Wish {
  return { kind: VERIFY, key: hash, payload: null };
}

function verificationOf(row: {
  readonly transaction_hash: string;
  readonly transaction: JsonValue;
  readonly state: VerificationRow['state'];
  readonly evidence: string | null;
  readonly rollback: JsonValue | null;
  readonly problems: JsonValue;
  readonly checked_at: Instant | null;
  readonly failures: number;
}): VerificationRow {
  // Values that this file wrote from the types they are read as.
  return {
    hash: row.transaction_hash as Hash,
    transaction: { ...FORMER_FAMILY, ...(row.transaction as unknown as Transaction) },
    state: row.state,
    evidence: row.evidence as Hash | null,
    rollback: row.rollback as unknown as Rollback | null,
    problems: row.problems as unknown as readonly Problem[],
    checkedAt: row.checked_at,
    failures: row.failures,
  };
}

/** Readonly values of ours are JSON; their interfaces only lack the index signature of it. */
function asJson(value: object): JsonValue {
  return value as unknown as JsonValue;
}
