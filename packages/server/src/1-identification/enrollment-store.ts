import type { Instant } from '@patchsteward/core/vocabulary';
import { sql } from 'kysely';
import { timestamp } from '../platform/column-types.ts';
import type { Db, Reader, Tx } from '../platform/database.ts';

/** Tokens that a list shows, the newest first: older ones are long used or expired. */
const TOKENS_LISTED_MAX = 500;

export interface TokenRow {
  readonly id: string;
  readonly note: string | null;
  readonly createdAt: Instant;
  readonly expiresAt: Instant;
  readonly revokedAt: Instant | null;
  readonly usedAt: Instant | null;
  readonly usedBy: string | null;
  readonly usedKey: string | null;
}

const TOKEN_COLUMNS = [
  'id',
  'note',
  'created_at as createdAt',
  'expires_at as expiresAt',
  'revoked_at as revokedAt',
  'used_at as usedAt',
  'used_by as usedBy',
  'used_key as usedKey',
] as const;

export async function insertToken(
  tx: Tx,
  token: Pick<TokenRow, 'id' | 'note' | 'createdAt' | 'expiresAt'> & { readonly secretHash: string },
): Promise<void> {
  await tx
    .insertInto('identification.enrollment_token')
    .values({
      id: token.id,
      secret_hash: token.secretHash,
      note: token.note,
      created_at: timestamp(token.createdAt),
      expires_at: timestamp(token.expiresAt),
    })
    .execute();
}

/** Two hosts with one token come here one after the other. */
export async function lockTokenBySecret(tx: Tx, secretHash: string): Promise<TokenRow | undefined> {
  return tx
    .selectFrom('identification.enrollment_token')
    .select(TOKEN_COLUMNS)
    .where('secret_hash', '=', secretHash)
    .forUpdate()
    .executeTakeFirst();
}

export async function lockToken(tx: Tx, id: string): Promise<TokenRow | undefined> {
  return tx
    .selectFrom('identification.enrollment_token')
    .select(TOKEN_COLUMNS)
    .where('id', '=', id)
    .forUpdate()
    .executeTakeFirst();
}

export async function listTokens(db: Reader): Promise<TokenRow[]> {
  return db
    .selectFrom('identification.enrollment_token')
    .select(TOKEN_COLUMNS)
    .orderBy('created_at', 'desc')
    .orderBy('id', 'desc')
    .limit(TOKENS_LISTED_MAX)
    .execute();
}

export async function markTokenUsed(
  tx: Tx,
  id: string,
  by: { readonly assetId: string; readonly fingerprint: string; readonly at: Instant },
): Promise<void> {
  await tx
    .updateTable('identification.enrollment_token')
    .set({ used_at: timestamp(by.at), used_by: by.assetId, used_key: by.fingerprint })
    .where('id', '=', id)
    .execute();
}

export async function markTokenRevoked(tx: Tx, id: string, at: Instant): Promise<void> {
  await tx
    .updateTable('identification.enrollment_token')
    .set({ revoked_at: timestamp(at) })
    .where('id', '=', id)
    .execute();
}

/** Somebody may come: a token was made, or a host is bound. Until then the agents' listener stays closed. */
export async function expectsAgents(db: Db): Promise<boolean> {
  const { rows } = await sql<{ expected: boolean }>`
    select exists (select from identification.enrollment_token) or exists (select from identification.host_key) as expected
  `.execute(db);
  return rows[0]?.expected === true;
}
