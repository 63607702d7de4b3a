import type { Hash } from '@patchsteward/core/vocabulary';
import { type Envelope, parseEnvelope, payloadOf } from '@patchsteward/trust/dsse';
import { decodeRoot, type KnownRoot, rootHash } from '@patchsteward/trust/root';
import { timestamp } from '../platform/column-types.ts';
import type { Reader, Tx } from '../platform/database.ts';

export interface StoredRoot extends KnownRoot {
  readonly envelope: Envelope;
}

/** Roots that one answer carries; who is further behind asks again. */
const ROOTS_PER_ANSWER_MAX = 256;

/** The newest root; undefined before the first one. */
export async function currentRoot(db: Reader): Promise<StoredRoot | undefined> {
  const row = await db
    .selectFrom('approval.trust_root')
    .select('envelope')
    .orderBy('version', 'desc')
    .limit(1)
    .executeTakeFirst();
  return row === undefined ? undefined : openStored(row.envelope);
}

/** The chain after a version, oldest first: for hosts and for clients, who verify it themselves. */
export async function rootsAfter(db: Reader, version: number): Promise<StoredRoot[]> {
  const rows = await db
    .selectFrom('approval.trust_root')
    .select('envelope')
    .where('version', '>', version)
    .orderBy('version')
    .limit(ROOTS_PER_ANSWER_MAX)
    .execute();
  return rows.map((row) => openStored(row.envelope));
}

/** Two that publish at once come one after the other. */
export async function lockRoots(tx: Tx): Promise<void> {
  await tx.selectFrom('approval.trust_root').select('version').orderBy('version').forUpdate().execute();
}

/** False where a root of this version is there already. */
export async function insertRoot(tx: Tx, { root, hash, envelope }: StoredRoot, now: number): Promise<boolean> {
  const inserted = await tx
    .insertInto('approval.trust_root')
    .values({
      version: root.version,
      hash,
      organization: root.organization,
      profile: root.profile,
      issued_at: timestamp(root.issuedAt),
      expires_at: timestamp(root.expiresAt),
      envelope: JSON.stringify(envelope),
      stored_at: timestamp(now),
    })
    .onConflict((conflict) => conflict.column('version').doNothing())
    .returning('version')
    .execute();
  return inserted.length > 0;
}

/** What is stored was verified when it came; that it cannot be read any more is a damaged database. */
function openStored(text: string): StoredRoot {
  const envelope = parseEnvelope(Buffer.from(text, 'utf8'));
  if (!envelope.ok) throw new TypeError(`a stored trust root cannot be read: ${envelope.refusal.detail}`);
  const payload = payloadOf(envelope.value);
  const root = decodeRoot(payload);
  if (!root.ok) throw new TypeError(`a stored trust root cannot be read: ${root.refusal.detail}`);
  const hash: Hash = rootHash(payload);
  return { root: root.value, hash, envelope: envelope.value };
}
