import type { Reason } from './reason.ts';

/** What a room answers. Stored as it is; console, CLI, record and reports all read this one value. */
export type Verdict<T> =
  | { readonly kind: 'proceed'; readonly value: T }
  | { readonly kind: 'wait'; readonly waitingOn: readonly Reason[] }
  | { readonly kind: 'stop'; readonly blockedBy: readonly Reason[] };
