import { accepted, type Outcome, unreadable } from '../refusal.ts';
import { fromBase64, toBase64 } from '../strict/base64.ts';
import { type Decoder, list, type Read, record } from '../strict/decoder.ts';
import { decodeLoose, decodeValue } from '../strict/document.ts';
import { Unreadable } from '../strict/fault.ts';
import { form, hashText } from '../strict/scalars.ts';

/** A plan's body does not grow with its hosts, only with its distinct packages; roots are some kilobytes. */
export const PAYLOAD_BYTES_MAX = 768 * 1024;
/** The payload in base64, and the signatures. */
export const ENVELOPE_BYTES_MAX = 2 * 1024 * 1024;
/** Everybody who may sign for one installation. */
const SIGNATURES_MAX = 64;
/** RSA of 16,384 bits in its SSH form, in base64, is below. */
const SIGNATURE_CHARACTERS_MAX = 8_192;

const PAYLOAD_TYPE_FORM = /^application\/vnd\.patchsteward\.[a-z-]{1,32}\.v1\+json$/;

function base64(charactersMax: number): Decoder<string> {
  return (value, path) => {
    if (typeof value !== 'string') throw new Unreadable('wrong-type', path);
    if (value.length > charactersMax) throw new Unreadable('too-large', path);
    if (value === '' || fromBase64(value) === null) throw new Unreadable('wrong-form', path);
    return value;
  };
}

const envelopeSignature = record({ keyid: hashText, sig: base64(SIGNATURE_CHARACTERS_MAX) });

/** Stricter than DSSE asks: one alphabet, no unknown fields, sorted by key, and no key twice. // DSSE 1.0.2 envelope */
const envelope = record({
  payloadType: form(PAYLOAD_TYPE_FORM),
  payload: base64(Math.ceil(PAYLOAD_BYTES_MAX / 3) * 4),
  signatures: list(envelopeSignature, { countMax: SIGNATURES_MAX, rising: ({ keyid }) => keyid }),
});

export type EnvelopeSignature = Read<typeof envelopeSignature>;
/** Signed bytes, kept verbatim, with their signatures. What they are worth, only a trust root says. */
export type Envelope = Read<typeof envelope>;

export function parseEnvelope(bytes: Uint8Array): Outcome<Envelope> {
  const read = decodeLoose(bytes, envelope, ENVELOPE_BYTES_MAX);
  return read.ok ? accepted(read.value) : unreadable('envelope-unreadable', read.fault);
}

/** An envelope that came as part of a larger JSON document. */
export function readEnvelope(value: unknown): Outcome<Envelope> {
  const read = decodeValue(value, envelope);
  return read.ok ? accepted(read.value) : unreadable('envelope-unreadable', read.fault);
}

export function payloadOf({ payload }: Envelope): Uint8Array {
  return Buffer.from(payload, 'base64');
}

export function sealEnvelope(payloadType: string, payload: Uint8Array): Envelope {
  return { payloadType, payload: toBase64(payload), signatures: [] };
}

/** With one more signature, in the place of an earlier one by the same key. */
export function withSignature(sealed: Envelope, signature: EnvelopeSignature): Envelope {
  const others = sealed.signatures.filter(({ keyid }) => keyid !== signature.keyid);
  const signatures = [...others, signature].sort((a, b) => (a.keyid < b.keyid ? -1 : 1));
  return { ...sealed, signatures };
}
