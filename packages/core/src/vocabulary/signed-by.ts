import type { Role } from './reason.ts';
import type { Hash } from './units.ts';

/** A signature that was verified against the trust root. `statement` is the hash of the signed bytes. */
export interface SignedBy {
  readonly person: string;
  readonly roles: readonly Role[];
  /** `cli`: made by a client that the server did not serve. // rollout-and-trust §0.5 */
  readonly keyClass: 'cli' | 'console';
  readonly statement: Hash;
}
