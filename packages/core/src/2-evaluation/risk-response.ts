import type { Voter } from '../policy/index.ts';
import type { Instant, Lane } from '../vocabulary/index.ts';

/**
 * What a person answers to a risk instead of patching it in time. Accept, mitigate, transfer and avoid are those of the
 * standard; an override gives another lane or due time. // SP 800-40r4 §2.2
 */
export const RESPONSE_KINDS = ['accept', 'mitigate', 'transfer', 'avoid', 'override'] as const;
export type ResponseKind = (typeof RESPONSE_KINDS)[number];

/** What is asked for and agreed to, word for word. */
export interface ResponseTerms {
  readonly kind: ResponseKind;
  /** Who answers for it. */
  readonly owner: string;
  readonly why: string;
  /** What stands in the way of an attack meanwhile. */
  readonly control: string | null;
  /** Where it can be looked up. */
  readonly evidence: string | null;
  /** At this moment the findings are open again. */
  readonly until: Instant;
  /** Of an override alone. */
  readonly lane: Lane | null;
  readonly due: Instant | null;
}

/** What was known of all findings together when they were answered for. */
export interface ResponseBasis {
  readonly findings: number;
  readonly assets: number;
  /** The strictest of them, and the earliest. */
  readonly lane: Lane;
  readonly due: Instant | null;
  /** How many of them are known to be exploited, and have no fix. */
  readonly exploited: number;
  readonly fixless: number;
}

export const RESPONSE_STATES = [
  'requested',
  'standing',
  'refused',
  'withdrawn',
  'revoked',
  'expired',
  'renewed',
] as const;
export type ResponseStateName = (typeof RESPONSE_STATES)[number];

/** What the events of a response come to. */
export interface ResponseState {
  readonly name: ResponseStateName;
  readonly terms: ResponseTerms;
  readonly basis: ResponseBasis;
  readonly requester: string;
  readonly requestedAt: Instant;
  readonly agreed: readonly Agreement[];
  /** The response that it goes on with: whoever answers a second time sees the first. */
  readonly renews: string | null;
  readonly stoodFrom: Instant | null;
  readonly endedAt: Instant | null;
  /** The words of whoever refused, withdrew or revoked it. */
  readonly ended: { readonly by: string; readonly why: string } | null;
}

interface Agreement extends Voter {
  readonly at: Instant;
}

export type ResponseEvent =
  | {
      readonly kind: 'requested';
      readonly by: Voter;
      readonly terms: ResponseTerms;
      readonly basis: ResponseBasis;
      readonly renews: string | null;
    }
  | { readonly kind: 'agreed'; readonly by: Voter }
  | { readonly kind: 'refused' | 'withdrawn' | 'revoked'; readonly by: Voter; readonly why: string }
  | { readonly kind: 'renewed'; readonly with: string }
  | { readonly kind: 'expired' };

export type ResponseRefusalCause =
  | 'not-now'
  | 'requester-agrees'
  | 'role-missing'
  | 'agreed-already'
  | 'term-over'
  | 'term-too-long'
  | 'control-missing'
  | 'nothing-overridden'
  | 'nothing-found';

export interface ResponseRefusal {
  readonly kind: 'refused';
  readonly because: ResponseRefusalCause;
  readonly says: string;
}
