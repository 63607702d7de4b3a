import type { Instant } from '@patchsteward/core/vocabulary';
import type { NewLeaf } from '../platform/corridor.ts';
import type { TokenRow } from './enrollment-store.ts';

/** What a host says of itself when it enrolls. */
export interface EnrollingHost {
  readonly fingerprint: string;
  readonly publicKeyPem: string;
  readonly hostname: string;
  readonly machineId: string | null;
  readonly architecture: string;
  readonly agentVersion: string;
}

export interface EnrollmentFacts {
  /** The token with this secret, held until the end of the transaction. */
  readonly token: TokenRow | undefined;
  /** To what this key is bound already. */
  readonly bound: { readonly assetId: string; readonly revoked: boolean } | undefined;
  readonly now: Instant;
}

export type EnrollmentRefusal = 'token-wrong' | 'token-used' | 'token-expired' | 'agent-revoked';

export type EnrollmentDecision =
  /** The answer of an earlier try was lost: the same again. */
  | { readonly kind: 'repeat'; readonly assetId: string }
  /** The key is bound; a host that lost its certificate uses up a token to come back as the same asset. */
  | { readonly kind: 'return'; readonly assetId: string; readonly tokenId: string }
  | { readonly kind: 'bind'; readonly tokenId: string }
  | { readonly kind: 'refuse'; readonly code: EnrollmentRefusal };

/** Whether a token binds this key. Exactly one key per token, however many hosts try at once. */
export function decideEnrollment({ token, bound, now }: EnrollmentFacts, fingerprint: string): EnrollmentDecision {
  if (token === undefined || token.revokedAt !== null) return { kind: 'refuse', code: 'token-wrong' };
  if (token.usedAt !== null && token.usedKey !== fingerprint) return { kind: 'refuse', code: 'token-used' };
  // A revoked key stays revoked: what an administrator removed does not come back by a token lying around.
  if (bound?.revoked === true) return { kind: 'refuse', code: 'agent-revoked' };
  if (token.usedAt !== null && bound !== undefined) return { kind: 'repeat', assetId: bound.assetId };
  if (token.expiresAt <= now) return { kind: 'refuse', code: 'token-expired' };
  return bound === undefined
    ? { kind: 'bind', tokenId: token.id }
    : { kind: 'return', assetId: bound.assetId, tokenId: token.id };
}

/** // SOP P7.1: who came into the fleet, by which token, as which key */
export function enrolledLeaf(assetId: string, tokenId: string, host: EnrollingHost): NewLeaf {
  const { fingerprint, hostname, machineId, architecture, agentVersion } = host;
  return {
    kind: 'asset.enrolled',
    subject: assetId,
    payload: { token: tokenId, key: fingerprint, hostname, machineId, architecture, agentVersion },
  };
}
