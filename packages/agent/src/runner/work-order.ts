import type { Leaf, PlanBody } from '@patchsteward/core/plan';
import type { Hash } from '@patchsteward/core/vocabulary';
import { isHash } from '@patchsteward/trust';
import { type Envelope, readEnvelope } from '@patchsteward/trust/dsse';
import { isRecord } from '../platform/json.ts';
import { envelopesOf } from './trust-root.ts';

/** A work order that was verified from the signatures down to this host. */
export interface WorkOrder {
  readonly job: Hash;
  readonly planId: Hash;
  readonly plan: PlanBody;
  readonly leaf: Leaf;
}

/** An offer in its form, and no more: what it is worth, only the signatures say. */
export interface Offer {
  readonly job: Hash;
  readonly epoch: number;
  readonly envelope: Envelope;
  readonly leaf: string;
  readonly leafIndex: number;
  readonly proof: readonly Hash[];
  readonly roots: readonly Envelope[];
}

/** A tree of 2^32 leaves. */
const PROOF_HASHES_MAX = 32;
const BASE64 = /^[A-Za-z0-9+/]*={0,2}$/;

/** Null: it is no offer. */
export function offerOf(value: unknown): Offer | null {
  if (!isRecord(value)) return null;
  const { job, epoch, leaf, leafIndex, proof } = value;
  const envelope = readEnvelope(value['envelope']);
  const roots = envelopesOf(value['roots']);
  if (!isHash(job) || !isCount(epoch) || !isCount(leafIndex) || !envelope.ok || roots === null) return null;
  if (typeof leaf !== 'string' || !BASE64.test(leaf) || !isProof(proof)) return null;
  return { job, epoch, envelope: envelope.value, leaf, leafIndex, proof, roots };
}

function isCount(value: unknown): value is number {
  return typeof value === 'number' && Number.isSafeInteger(value) && value >= 0;
}

function isProof(value: unknown): value is readonly Hash[] {
  return Array.isArray(value) && value.length <= PROOF_HASHES_MAX && value.every(isHash);
}
