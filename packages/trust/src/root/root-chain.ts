import type { Hash } from '@patchsteward/core/vocabulary';
import { type Envelope, PAYLOAD_TYPES, payloadOf } from '../dsse/index.ts';
import { accepted, type Outcome, refused } from '../refusal.ts';
import { decodeRoot, rootHash, type TrustRoot } from './root-codec.ts';
import { verifiedSigners } from './verified-signers.ts';

/** Years of changes at one a week; more come in a second request. */
const CHAIN_MAX = 256;

/** A root, and the hash that names it. */
export interface KnownRoot {
  readonly root: TrustRoot;
  readonly hash: Hash;
}

/** What is believed before: the hash that a person brought to the host, or a root that was verified earlier. */
export type Anchor =
  | { readonly kind: 'pinned'; readonly hash: Hash }
  | { readonly kind: 'known'; readonly known: KnownRoot };

/**
 * The newest root that follows from what is believed, link by link: without a gap, never back, and none is passed over
 * but those before a pinned one, which nobody here ever believed. // TUF §5.3, rollout §3.4
 */
export function verifyRootChain(anchor: Anchor, envelopes: readonly Envelope[]): Outcome<KnownRoot> {
  if (envelopes.length > CHAIN_MAX) return refused('too-large', `${envelopes.length} roots at once`);
  let known = anchor.kind === 'known' ? anchor.known : null;
  for (const envelope of envelopes) {
    const next = openRoot(envelope);
    if (!next.ok) return next;
    if (known === null && anchor.kind === 'pinned' && anchor.hash !== next.value.hash) continue;
    const step = known === null ? assertSigned(next.value, envelope, next.value) : follow(known, envelope, next.value);
    if (!step.ok) return step;
    known = step.value;
  }
  if (known !== null) return accepted(known);
  return envelopes.length === 0
    ? refused('root-unknown', 'no root was given')
    : refused('root-pin-wrong', 'none of the roots given has the pinned hash');
}

/** An expired root still leads to its successor: only what is to be acted on under it is refused. // TUF §5.3.10 */
export function assertUsable({ root }: KnownRoot, now: number): Outcome<null> {
  if (now >= root.expiresAt) return refused('root-expired', `version ${root.version}`);
  return accepted(null);
}

function openRoot(envelope: Envelope): Outcome<KnownRoot> {
  if (envelope.payloadType !== PAYLOAD_TYPES.root) return refused('payload-type-wrong', envelope.payloadType);
  const payload = payloadOf(envelope);
  const read = decodeRoot(payload);
  return read.ok ? accepted({ root: read.value, hash: rootHash(payload) }) : read;
}

function follow(known: KnownRoot, envelope: Envelope, next: KnownRoot): Outcome<KnownRoot> {
  const { version } = next.root;
  if (next.hash === known.hash) return accepted(known);
  if (version <= known.root.version)
    return refused('root-rolled-back', `version ${version} after ${known.root.version}`);
  if (version !== known.root.version + 1) return refused('root-gap', `version ${version} after ${known.root.version}`);
  const old = assertSigned(known, envelope, next);
  return old.ok ? assertSigned(next, envelope, next) : old;
}

/**
 * Enough people of this root's own signers stand behind the next one. People are counted, never keys; and no signature made
 * on a page of the server, which could have shown something else: it would hand out everybody's power. // decided 27
 */
function assertSigned({ root }: KnownRoot, envelope: Envelope, next: KnownRoot): Outcome<KnownRoot> {
  const signers = verifiedSigners(envelope, root);
  if (!signers.ok) return signers;
  const logins = signers.value.flatMap((signer) =>
    signer.kind === 'person' && signer.keyClass === 'cli' ? [signer.person.login] : [],
  );
  const counted = new Set(logins.filter((login) => root.rootSigners.includes(login))).size;
  if (counted < root.threshold) {
    return refused('root-threshold-missing', `${counted} of ${root.threshold} people of version ${root.version}`);
  }
  return accepted(next);
}
