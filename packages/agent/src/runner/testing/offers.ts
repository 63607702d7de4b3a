import { hash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { basename } from 'node:path';
import type { Leaf, PackageChange, PlanBody } from '@patchsteward/core/plan';
import type { Hash } from '@patchsteward/core/vocabulary';
import { type Envelope, type EnvelopeSignature, payloadOf } from '@patchsteward/trust/dsse';
import { keyIdOf } from '@patchsteward/trust/keys';
import { jobKey, planIdOf } from '@patchsteward/trust/plan';

import { encodeRoot, rootHash } from '@patchsteward/trust/root';
import { KEYS, type KeyName, rootEnvelope, signedBy, team } from '../../../../trust/src/testing/people.ts';
import { otherLeaf, placed, planOf, sealPlan, WEB } from '../../../../trust/src/testing/plans.ts';
import type { Offer } from '../work-order.ts';

const HOUR_MS = 3_600_000;
/** ivy asks; the others have the seats that a critical change of a normal host needs. */
const EVERYBODY: readonly KeyName[] = ['ivy', 'otto', 'cara', 'sam'];

export const ASSET = WEB;
const ROOT = team();
export const ROOT_SHA256 = rootHash(encodeRoot(ROOT));
export const ROOT_CHAIN: readonly Envelope[] = [rootEnvelope(ROOT, 'ada', 'adrian')];

let epoch = 10;

export interface OfferParts {
  readonly leaf?: Partial<Leaf>;
  readonly plan?: Partial<PlanBody>;
  readonly signers?: readonly KeyName[];
}

/** A work order for this host, signed by the people who must. Each has an epoch above the one before. */
export function makeOffer(changes: readonly PackageChange[], parts: OfferParts = {}): Offer {
  const now = Date.now();
  const ordered = changes.toSorted((a, b) => (`${a.name} ${a.architecture}` < `${b.name} ${b.architecture}` ? -1 : 1));
  const leaf = otherLeaf({
    assetId: ASSET,
    changes: ordered,
    restarts: [],
    health: { units: [], ports: [], urls: [], watchMs: 0 },
    intervals: [{ from: now - HOUR_MS, until: now + HOUR_MS }],
    rollback: { kind: 'none', why: 'nothing to go back to' },
    ...parts.leaf,
  });
  const leaves = [leaf, otherLeaf({ intervals: [{ from: now - HOUR_MS, until: now + HOUR_MS }] })];
  epoch += 1;
  const plan = planOf(leaves, { epoch, notAfter: now + 24 * HOUR_MS, ...parts.plan });
  const envelope = signedBy(sealPlan(plan), ...(parts.signers ?? EVERYBODY));
  const { bytes, index, proof } = placed(leaves);
  const job = jobKey({ plan: planIdOf(payloadOf(envelope)), assetId: ASSET, epoch: plan.epoch });
  return {
    job,
    epoch: plan.epoch,
    envelope,
    leaf: Buffer.from(bytes).toString('base64'),
    leafIndex: index,
    proof,
    roots: [],
  };
}

/** What cara's passkey said of this work order, and of no other. */
export function passkeySignatureIn({ envelope }: Offer): EnvelopeSignature {
  const signed = envelope.signatures.find(({ keyid }) => keyid === keyIdOf(KEYS.caraPasskey.key));
  if (signed === undefined) throw new TypeError('cara has not signed it with a passkey');
  return signed;
}

/** The change that a .deb file makes, as a plan would name it. */
export async function changeTo(file: string, from: string | null): Promise<PackageChange> {
  const [name = '', version = '', architecture = ''] = basename(file, '.deb').split('_');
  return { name, architecture, from, to: version, ...(await bytesOf(file)), origin: 'example.test/acme stable/main' };
}

/** The same of an rpm. */
export async function changeToRpm(file: string, from: string | null): Promise<PackageChange> {
  const [, name = '', to = '', architecture = ''] = /^(.+)-([^-]+-[^-]+)\.([^.]+)\.rpm$/.exec(basename(file)) ?? [];
  return { name, architecture, from, to, ...(await bytesOf(file)), origin: 'example.test/acme acme' };
}

/** What a plan says of the bytes of a file. */
export async function bytesOf(file: string): Promise<{ readonly sha256: Hash; readonly sizeBytes: number }> {
  const bytes = await readFile(file);
  // The form is right in front of us.
  return { sha256: `sha256:${hash('sha256', bytes, 'hex')}` as Hash, sizeBytes: bytes.length };
}
