import type { StatementDraftRequest } from '@patchsteward/contract';
import type { Hash, Instant } from '@patchsteward/core/vocabulary';
import { sha256 } from '@patchsteward/trust';
import { draftStatement } from '@patchsteward/trust/statement';
import { Refusal } from '../platform/http/refusal.ts';

interface StatementBytes {
  readonly payloadType: string;
  readonly payload: Uint8Array;
  readonly statement: Hash;
}

/** What a person wants to say, as the bytes that say it: made here, so that a browser needs no rules of its own. */
export function draftOf(
  { kind, plan, body }: StatementDraftRequest,
  { campaign, by, at }: { readonly campaign: string; readonly by: string; readonly at: Instant },
): StatementBytes {
  const fields = Object.fromEntries(Object.entries(body).map(([name, value]) => [name, inOrder(name, value)]));
  const draft = draftStatement({ kind, campaign, plan, body: fields, by, at });
  if (!draft.ok) throw new Refusal('statement-refused', `This cannot be signed: ${draft.refusal.detail}.`);
  return { ...draft.value, statement: sha256(draft.value.payload) };
}

/** One spelling for one meaning: instants to the millisecond, lists sorted and without repetition. */
function inOrder(name: string, value: unknown): unknown {
  if ((name === 'due' || name === 'expiresAt') && typeof value === 'string') return new Date(value).toISOString();
  if (!Array.isArray(value)) return value;
  const byOrder = new Map(value.map((item: unknown) => [orderOf(item), item]));
  return [...byOrder].sort(([one], [other]) => (one < other ? -1 : 1)).map(([, item]) => item);
}

function orderOf(item: unknown): string {
  return typeof item === 'object' && item !== null && 'assetId' in item ? String(item.assetId) : String(item);
}
