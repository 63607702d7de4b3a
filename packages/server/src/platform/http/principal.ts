import type { X509Certificate } from 'node:crypto';
import type { Access } from '@patchsteward/contract';
import type { Role } from '@patchsteward/core/vocabulary';

export interface Nobody {
  readonly kind: 'nobody';
}

export interface PersonPrincipal {
  readonly kind: 'person';
  readonly id: string;
  readonly login: string;
  readonly name: string;
  readonly roles: readonly Role[];
}

/** Whoever may open the socket in the data directory: the administrator of this machine. Reads and administers, signs nothing. */
export interface LocalPrincipal {
  readonly kind: 'local';
}

interface AgentPrincipal {
  readonly kind: 'agent';
  readonly assetId: string;
  /** SHA-256 of the public key, as in identification.host_key. */
  readonly keyFingerprint: string;
}

export type Principal = Nobody | PersonPrincipal | LocalPrincipal | AgentPrincipal;

/** Who stands behind a call of a route with this access rule. */
export type PrincipalFor<A extends Access> = A extends 'anybody'
  ? Nobody | PersonPrincipal | LocalPrincipal
  : A extends 'agent-enrolling'
    ? Nobody
    : A extends 'agent' | 'agent-renewing'
      ? AgentPrincipal
      : A extends 'security' | 'triager'
        ? PersonPrincipal
        : PersonPrincipal | LocalPrincipal;

/** What a connection says of its caller, before anybody judged it. */
export interface CallerFacts {
  readonly address: string;
  readonly cookie: string | undefined;
  readonly authorization: string | undefined;
  /** Of the client, on the listener of the agents; not yet judged. */
  readonly certificate: X509Certificate | undefined;
}

/** Lets a caller in as somebody, or throws a Refusal. One per listener. */
export type Admit = (access: Access, caller: CallerFacts) => Promise<Principal>;
