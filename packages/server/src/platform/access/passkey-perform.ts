import { randomBytes } from 'node:crypto';
import type { PasskeyRequest } from '@patchsteward/contract';
import { type Instant, MINUTE_MS } from '@patchsteward/core/vocabulary';
import { canonicalJson } from '@patchsteward/trust';
import { PAYLOAD_TYPES, preAuthenticationEncoding } from '@patchsteward/trust/dsse';
import { keyIdOf, openPasskey, signatureFault } from '@patchsteward/trust/keys';
import type { Corridor } from '../corridor.ts';
import type { Db } from '../database.ts';
import type { PersonPrincipal } from '../http/principal.ts';
import { Refusal } from '../http/refusal.ts';
import { newId } from '../ids.ts';
import { passkeyOf, type StoredPasskey } from './passkey-state.ts';
import { changePasskey, insertPasskey, keepOffer, storedPasskeys, takeOffer } from './passkey-store.ts';

/** Time to find the device, to make the key and to sign with it. */
const OFFER_MS = 5 * MINUTE_MS;
/** 256 bits: nobody has signed it before. */
const NONCE_BYTES = 32;
/** A desk, a phone, a key ring, and the same again; a root names sixteen keys of one person at most. */
const PASSKEYS_MAX = 8;

interface PasskeyOfferMade {
  readonly exclude: readonly string[];
  readonly payloadType: string;
  /** Base64 of what the new passkey signs. */
  readonly payload: string;
  readonly expiresAt: Instant;
}

export async function offerPasskey(
  db: Db,
  person: PersonPrincipal,
  { site, now }: { readonly site: string; readonly now: Instant },
): Promise<PasskeyOfferMade> {
  const kept = (await storedPasskeys(db, { personId: person.id })).filter(({ removedAt }) => removedAt === null);
  if (kept.length >= PASSKEYS_MAX) {
    throw new Refusal('passkey-refused', `You have ${kept.length} passkeys here; remove one that you no longer use.`);
  }
  const nonce = randomBytes(NONCE_BYTES).toString('base64url');
  const proof = canonicalJson({ type: 'passkey', login: person.login, site, nonce });
  const payload = Buffer.from(proof, 'utf8').toString('base64');
  const expiresAt = now + OFFER_MS;
  await keepOffer(db, { personId: person.id, payload, expiresAt });
  return {
    exclude: kept.map(({ credentialId }) => credentialId),
    payloadType: PAYLOAD_TYPES.passkey,
    payload,
    expiresAt,
  };
}

/** A passkey is kept once it has signed our proof: nobody adds a key that another has. Counting is for the trust root. */
export async function createPasskey(
  corridor: Corridor,
  person: PersonPrincipal,
  request: PasskeyRequest,
  { site, now }: { readonly site: string; readonly now: Instant },
): Promise<StoredPasskey> {
  const { label, credentialId, publicKey } = request;
  const keyid = assertHeld(request, site);
  const { id: personId, login } = person;
  const dates = { createdAt: now, lastUsedAt: null, removedAt: null };
  const passkey = { id: newId(now), login, label, credentialId, publicKey, site, keyid, ...dates };
  return corridor.change({ actor: `person:${personId}`, at: now }, async (tx) => {
    if ((await takeOffer(tx, personId, now)) !== request.payload) {
      throw new Refusal('passkey-refused', 'The offer that was signed is used up, too old, or of somebody else.');
    }
    if (!(await insertPasskey(tx, personId, passkey))) {
      throw new Refusal('passkey-refused', 'This passkey is kept here already.');
    }
    const payload = { login, keyid, label, site };
    return { value: passkey, leaves: [{ kind: 'passkey.added', subject: personId, payload }] };
  });
}

/** The id of the key, whose holder has signed the proof just now. */
function assertHeld({ publicKey, payload, sig }: PasskeyRequest, site: string) {
  if (openPasskey(publicKey) === null) {
    throw new Refusal('passkey-refused', 'Only keys of ES256, Ed25519 and RS256 from 2,048 bits on are taken.');
  }
  const key = passkeyOf(publicKey, site);
  const message = preAuthenticationEncoding(PAYLOAD_TYPES.passkey, Buffer.from(payload, 'base64'));
  const fault = signatureFault(key, message, Buffer.from(sig, 'base64'));
  if (fault !== null) throw new Refusal('passkey-refused', `The proof is not signed by this passkey: ${fault}.`);
  return keyIdOf(key);
}

export async function renamePasskey(
  corridor: Corridor,
  person: PersonPrincipal,
  { id, label, now }: { readonly id: string; readonly label: string; readonly now: Instant },
): Promise<void> {
  await corridor.change({ actor: `person:${person.id}`, at: now }, async (tx) => {
    const renamed = await changePasskey(tx, { personId: person.id, id }, { label });
    if (renamed === undefined) throw noSuchPasskey(id);
    const payload = { login: person.login, keyid: renamed.keyid, label };
    return { value: undefined, leaves: [{ kind: 'passkey.renamed', subject: person.id, payload }] };
  });
}

export async function removePasskey(
  corridor: Corridor,
  person: PersonPrincipal,
  { id, now }: { readonly id: string; readonly now: Instant },
): Promise<void> {
  await corridor.change({ actor: `person:${person.id}`, at: now }, async (tx) => {
    const removed = await changePasskey(tx, { personId: person.id, id }, { removedAt: now });
    if (removed === undefined) throw noSuchPasskey(id);
    const payload = { login: person.login, keyid: removed.keyid, label: removed.label };
    return { value: undefined, leaves: [{ kind: 'passkey.removed', subject: person.id, payload }] };
  });
}

function noSuchPasskey(id: string): Refusal {
  return new Refusal('not-found', `You have no passkey ${id}.`);
}
