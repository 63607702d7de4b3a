export type { CanonicalJsonFault } from './canonical-json.ts';
export { CanonicalJsonError, canonicalJson } from './canonical-json.ts';
export { isHash, sha256 } from './hash.ts';
