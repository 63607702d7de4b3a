export type { KeyHolder } from './key-holder.ts';
export { keyHolders } from './key-holder.ts';
export type { Anchor, KnownRoot } from './root-chain.ts';
export { assertUsable, verifyRootChain } from './root-chain.ts';
export type { RootMachine, RootPerson, TrustRoot } from './root-codec.ts';
export { decodeRoot, encodeRoot, ROOT_ROLES, rootHash } from './root-codec.ts';
export type { VerifiedSigner } from './verified-signers.ts';
export { verifiedSigners } from './verified-signers.ts';
