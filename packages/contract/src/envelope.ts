import { z } from 'zod';

/** A plan of 10,000 leaves stays below; roots and statements are a few kilobytes. */
const PAYLOAD_CHARACTERS_MAX = 1024 * 1024;
/** People who can sign for one installation, with the machines beside them. */
export const SIGNATURES_MAX = 64;
/** An armored SSH signature by RSA 4096 is about 2,400 characters. */
const SIGNATURE_CHARACTERS_MAX = 8192;

export const Base64 = z.string().regex(/^[A-Za-z0-9+/]*={0,2}$/, 'base64');

/** Signed bytes with their signatures; only the trust root says what they are worth. // DSSE 1.0.2 */
export const EnvelopeBody = z
  .strictObject({
    payloadType: z.string().min(1).max(256),
    payload: Base64.max(PAYLOAD_CHARACTERS_MAX),
    signatures: z
      .array(z.strictObject({ keyid: z.string().max(128), sig: Base64.max(SIGNATURE_CHARACTERS_MAX) }))
      .max(SIGNATURES_MAX),
  })
  .meta({ id: 'Envelope' });
export type EnvelopeBody = z.infer<typeof EnvelopeBody>;
