import type { LeftOut } from '@patchsteward/core/plan';
import type { Hash, Instant } from '@patchsteward/core/vocabulary';
import type { Reader, Tx } from '../platform/database.ts';
import { documentsOfKind, keepDocument } from './documents.ts';

interface LeftOutDocument {
  readonly plan: Hash;
  readonly leftOut: readonly LeftOut[];
}

/** The event of a plan names who is not in it; why, is kept beside it. */
export async function keepLeftOut(tx: Tx, campaign: string, document: LeftOutDocument, at: Instant): Promise<void> {
  if (document.leftOut.length > 0) await keepDocument(tx, campaign, 'left-out', document, at);
}

export async function leftOutOf(reader: Reader, campaign: string, plan: string): Promise<readonly LeftOut[]> {
  const documents = await documentsOfKind(reader, campaign, 'left-out');
  // Only keepLeftOut writes them.
  const known = documents.map((body) => JSON.parse(body.toString('utf8')) as LeftOutDocument);
  return known.find((document) => document.plan === plan)?.leftOut ?? [];
}
