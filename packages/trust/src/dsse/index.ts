export type { Envelope, EnvelopeSignature } from './envelope.ts';
export {
  ENVELOPE_BYTES_MAX,
  PAYLOAD_BYTES_MAX,
  parseEnvelope,
  payloadOf,
  readEnvelope,
  sealEnvelope,
  withSignature,
} from './envelope.ts';
export type { PayloadType } from './payload-type.ts';
export { PAYLOAD_TYPES } from './payload-type.ts';
export { preAuthenticationEncoding } from './pre-authentication-encoding.ts';
