import type { Hash, Instant } from '@patchsteward/core/vocabulary';
import { type Envelope, payloadOf } from '@patchsteward/trust/dsse';
import { assertUsable, type KnownRoot, rootHash, verifyRootChain } from '@patchsteward/trust/root';
import type { Actor, Corridor } from '../platform/corridor.ts';
import { Refusal } from '../platform/http/refusal.ts';
import { currentRoot, insertRoot, lockRoots } from './root-store.ts';

/**
 * Stores the next root. The first one is believed because an administrator brings it and its own people signed it;
 * hosts do not believe the server even then, they are given its hash by other means. // decided 27, TUF §5.3
 */
export async function publishRoot(
  corridor: Corridor,
  envelope: Envelope,
  by: { readonly actor: Actor; readonly at: Instant },
): Promise<KnownRoot> {
  return corridor.change(by, async (tx) => {
    await lockRoots(tx);
    const known = await currentRoot(tx);
    const next = verifiedNext(known, envelope);
    if (known !== undefined && next.hash === known.hash) return { value: next };
    const usable = assertUsable(next, by.at);
    if (!usable.ok) throw new Refusal('trust-root-refused', `This root has expired (${usable.refusal.detail}).`);
    if (!(await insertRoot(tx, { ...next, envelope }, by.at))) {
      throw new Refusal('trust-root-refused', `Somebody published version ${next.root.version} at the same moment.`);
    }
    const { version, organization, profile, threshold } = next.root;
    const payload = {
      version,
      hash: next.hash,
      organization,
      profile,
      threshold,
      envelope: { ...envelopeJson(envelope) },
    };
    return { value: next, leaves: [{ kind: 'trust.published', subject: next.hash, payload }] };
  });
}

function verifiedNext(known: KnownRoot | undefined, envelope: Envelope): KnownRoot {
  const pinned = rootHash(payloadOf(envelope));
  const anchor =
    known === undefined ? ({ kind: 'pinned', hash: pinned } as const) : ({ kind: 'known', known } as const);
  const next = verifyRootChain(anchor, [envelope]);
  if (!next.ok) {
    const { code, detail } = next.refusal;
    throw new Refusal('trust-root-refused', `The root is refused: ${code} (${detail}).`);
  }
  if (known === undefined && next.value.root.version !== 1) {
    throw new Refusal('trust-root-refused', `The first root has version 1, not ${next.value.root.version}.`);
  }
  return next.value;
}

function envelopeJson({ payloadType, payload, signatures }: Envelope) {
  return {
    payloadType,
    payload,
    signatures: signatures.map(({ keyid, sig }) => ({ keyid: keyid satisfies Hash, sig })),
  };
}
