export type { CanonicalJsonFault } from './canonical-json.ts';
export { CanonicalJsonError, canonicalJson } from './canonical-json.ts';
export { isHash, sha256 } from './hash.ts';
export type { Outcome, TrustRefusal, TrustRefusalCode } from './refusal.ts';
export { TRUST_REFUSALS } from './refusal.ts';
