import type { Instant, TrialResult } from '@patchsteward/core/vocabulary';

/** A host that has not reported for so long after the watch is not waited for: its silence is the answer. */
export const SILENCE_MS = 24 * 3_600_000;

/** A host of the plan after its job: what it says it has. */
export interface WatchedHost {
  readonly assetId: string;
  readonly name: string;
  readonly seenAt: Instant | null;
  /** It said what it has since its job ended. */
  readonly freshAfterJob: boolean;
  /** All that the plan wanted there is there. */
  readonly atTarget: boolean;
  readonly succeeded: boolean;
  /** A person does it: lists tell what it has, and nothing between two lists does. */
  readonly byHand: boolean;
}

/** By the inventory: where the update is still missing. // §2.2: rescan */
export function remainingOf(hosts: readonly WatchedHost[]): string[] {
  return hosts.filter(({ atTarget }) => !atTarget).map(({ assetId }) => assetId);
}

/** Hosts that did what they should and have not said since the watch ended what they have. */
export function notLooked(hosts: readonly WatchedHost[], ends: Instant): WatchedHost[] {
  return hosts.filter((host) => host.succeeded && !hasLooked(host, ends));
}

/** null: a host has not reported since the watch ended, and may still do so. */
export function soakResult(hosts: readonly WatchedHost[], ends: Instant, now: Instant): TrialResult | null {
  const looked = hosts.filter((host) => host.succeeded && hasLooked(host, ends));
  if (looked.some(({ atTarget }) => !atTarget)) return 'fail';
  if (notLooked(hosts, ends).length === 0) return 'pass';
  return now >= ends + SILENCE_MS ? 'inconclusive' : null;
}

function hasLooked({ seenAt, freshAfterJob }: WatchedHost, ends: Instant): boolean {
  return freshAfterJob && seenAt !== null && seenAt >= ends;
}
