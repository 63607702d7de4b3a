import { z } from 'zod';
import { Base64 } from './envelope.ts';
import { ReasonBody } from './parts.ts';
import { HashText, Id, Timestamp, textOf } from './units.ts';

const LABEL_CHARACTERS_MAX = 64;
/** 1,023 bytes at most, as base64url. // WebAuthn §6.1 */
const CREDENTIAL_ID_CHARACTERS_MAX = 1_364;
/** RSA of 16,384 bits as SubjectPublicKeyInfo, in base64, is below. */
const PUBLIC_KEY_CHARACTERS_MAX = 4_096;
const SIGNATURE_CHARACTERS_MAX = 8_192;
const DRAFT_CHARACTERS_MAX = 4_096;

const Label = textOf(LABEL_CHARACTERS_MAX).refine((text) => text.trim() !== '', 'must say something');
const CredentialId = z
  .string()
  .regex(/^[A-Za-z0-9_-]+$/, 'base64url')
  .max(CREDENTIAL_ID_CHARACTERS_MAX);

/** A key in an authenticator of a person: it signs here in the console, and counts as such. // decided 28 */
export const Passkey = z
  .object({
    id: Id,
    label: z.string(),
    /** What the browser finds it by; base64url. */
    credentialId: z.string(),
    /** What the trust root names it by. */
    keyid: HashText,
    /** The host name that the browser gives it out for. */
    site: z.string(),
    algorithm: z.enum(['es256', 'ed25519', 'rs256']),
    createdAt: Timestamp,
    lastUsedAt: Timestamp.nullable(),
    /**
     * `waiting`: a signed change of the trust root must name it first. `leaving`: removed here, and named by the root
     * until a signed change takes it out.
     */
    state: z.enum(['in-root', 'waiting', 'leaving']),
    reason: ReasonBody.nullable(),
    /** What an administrator runs to change that; null where nothing is to be done. */
    command: z.string().nullable(),
  })
  .meta({ id: 'Passkey' });
export type Passkey = z.infer<typeof Passkey>;

export const PasskeyList = z
  .object({
    /** The host name that new passkeys are bound to; null where the console has none. */
    site: z.string().nullable(),
    /** Why no passkey can be added here; null where one can. */
    reason: ReasonBody.nullable(),
    items: z.array(Passkey),
  })
  .meta({ id: 'PasskeyList' });
export type PasskeyList = z.infer<typeof PasskeyList>;

/** What a browser needs to make a passkey, and what it then signs to show that it has it. */
export const PasskeyOffer = z
  .object({
    site: z.string(),
    /** Opaque to the browser; base64url. // WebAuthn §5.4.3 */
    user: z.object({ id: z.string(), name: z.string(), displayName: z.string() }),
    /** Credentials that the person has here already; base64url. */
    exclude: z.array(z.string()),
    /** To be signed once with the new passkey, like anything else that a passkey signs. */
    proof: z.object({ payloadType: z.string(), payload: Base64 }),
    expiresAt: Timestamp,
  })
  .meta({ id: 'PasskeyOffer' });
export type PasskeyOffer = z.infer<typeof PasskeyOffer>;

export const PasskeyRequest = z
  .strictObject({
    label: Label,
    credentialId: CredentialId,
    /** SubjectPublicKeyInfo, as `getPublicKey()` of the browser gives it, in base64. */
    publicKey: Base64.min(1).max(PUBLIC_KEY_CHARACTERS_MAX),
    /** `proof.payload` of the offer, and its signature. */
    payload: Base64.min(1).max(DRAFT_CHARACTERS_MAX),
    sig: Base64.min(1).max(SIGNATURE_CHARACTERS_MAX),
  })
  .meta({ id: 'PasskeyRequest' });
export type PasskeyRequest = z.infer<typeof PasskeyRequest>;

export const PasskeyChange = z.strictObject({ label: Label }).meta({ id: 'PasskeyChange' });

/** A passkey of anybody, as those see it who sign roots. */
export const StoredPasskey = z
  .object({
    login: z.string(),
    label: z.string(),
    keyid: HashText,
    site: z.string(),
    /** SubjectPublicKeyInfo in base64: with `site` it is the key, and its hash is `keyid`. */
    publicKey: z.string(),
    createdAt: Timestamp,
    state: Passkey.shape.state,
  })
  .meta({ id: 'StoredPasskey' });
export type StoredPasskey = z.infer<typeof StoredPasskey>;
