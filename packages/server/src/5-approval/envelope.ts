import type { EnvelopeBody } from '@patchsteward/contract';
import { type Envelope, readEnvelope } from '@patchsteward/trust/dsse';
import { Refusal } from '../platform/http/refusal.ts';

/** What came over the wire, as strict as hosts are with it. */
export function openEnvelope(body: EnvelopeBody): Envelope {
  const read = readEnvelope(body);
  if (read.ok) return read.value;
  throw new Refusal('envelope-unreadable', `The signed body cannot be read: ${read.refusal.detail}.`);
}

export function envelopeBody({ payloadType, payload, signatures }: Envelope): EnvelopeBody {
  return { payloadType, payload, signatures: signatures.map(({ keyid, sig }) => ({ keyid, sig })) };
}
