import type { Hash, Instant } from '@patchsteward/core/vocabulary';
import { canonicalJson, sha256 } from '@patchsteward/trust';
import { plainJson, timestamp } from '../platform/column-types.ts';
import type { Reader, Tx } from '../platform/database.ts';

/** What a document is about. `left-out`: why a plan does not reach everybody in scope. */
type DocumentKind = 'trial' | 'rescan' | 'soak' | 'left-out';

/** Keeps what a verdict rests on under its hash; the same document twice is one. */
export async function keepDocument(
  tx: Tx,
  campaign: string,
  kind: DocumentKind,
  document: object,
  at: Instant,
): Promise<Hash> {
  const bytes = Buffer.from(canonicalJson(plainJson(document)), 'utf8');
  const hash = sha256(bytes);
  await tx
    .insertInto('campaign.document')
    .values({ hash, campaign, kind, body: bytes, stored_at: timestamp(at) })
    .onConflict((conflict) => conflict.column('hash').doNothing())
    .execute();
  return hash;
}

interface DocumentRow {
  readonly hash: string;
  readonly kind: string;
  readonly storedAt: Instant;
}

/** The newest first. */
export function listDocuments(reader: Reader, campaign: string): Promise<DocumentRow[]> {
  return reader
    .selectFrom('campaign.document')
    .select(['hash', 'kind', 'stored_at as storedAt'])
    .where('campaign', '=', campaign)
    .orderBy('stored_at', 'desc')
    .orderBy('hash')
    .execute();
}

export async function readDocument(reader: Reader, campaign: string, hash: string): Promise<Buffer | undefined> {
  const row = await reader
    .selectFrom('campaign.document')
    .select('body')
    .where('campaign', '=', campaign)
    .where('hash', '=', hash)
    .executeTakeFirst();
  return row?.body;
}

/** The bodies of the documents of one kind, the newest first. */
export async function documentsOfKind(reader: Reader, campaign: string, kind: DocumentKind): Promise<Buffer[]> {
  const rows = await reader
    .selectFrom('campaign.document')
    .select('body')
    .where('campaign', '=', campaign)
    .where('kind', '=', kind)
    .orderBy('stored_at', 'desc')
    .execute();
  return rows.map(({ body }) => body);
}
