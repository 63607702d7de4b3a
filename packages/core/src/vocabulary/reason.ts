import { CAMPAIGN_REASONS } from './reason-campaign.ts';
import { HOST_REASONS } from './reason-host.ts';
import type { Instant } from './units.ts';

/** Who does what. // SOP R1 (it), R2 (owner), R3 (change), R4 (security) */
export const ROLES = ['it', 'owner', 'change', 'security', 'admin', 'auditor'] as const;
export type Role = (typeof ROLES)[number];

/**
 * Every reason why something does not simply proceed, with the role that can clear it (`system` clears itself).
 * docs/reasons.md explains each; a test keeps page and list equal.
 */
export const REASONS = {
  'no-feed': ['admin'],
  'release-not-covered': ['admin'],
  'feed-silent': ['admin', 'it'],
  'no-asset-enrolled': ['it', 'admin'],
  'not-reported-yet': ['it'],
  'no-agent': ['it'],
  'not-judged-yet': ['system'],
  'updates-not-known': ['it'],
  'third-party-origin': ['it'],
  'version-impossible': ['it'],
  'version-missing': ['it'],
  'release-unknown': ['it'],
  'ecosystem-unknown': ['admin'],
  'module-unknown': ['it'],
  'owned-by-system-package': ['system'],
  'no-fix-available': ['security'],
  'fix-refused': ['it', 'owner', 'security'],
  'fix-past-support': ['it', 'owner', 'security'],
  'fix-not-in-configured-origins': ['it', 'admin'],
  'fix-needs-subscription': ['it', 'owner'],
  'fix-held': ['it', 'owner'],
  'fix-pinned': ['it', 'owner'],
  'fix-contested': ['security'],
  'update-phased': ['system'],
  'package-broken': ['it'],
  'kernel-not-running': ['it'],
  'reboot-pending': ['it', 'owner'],
  'restart-pending': ['it'],
  'restarts-not-known': ['it'],
  'fix-installed-not-running': ['it', 'owner'],
  'severity-unknown': ['security'],
  'urgency-held': ['security'],
  'exploitation-details-unknown': ['security'],
  'exposure-unknown': ['owner'],
  'environment-differs': ['it', 'owner'],
  'criticality-differs': ['it', 'owner'],
  backlog: ['system'],
  'released-without-time': ['system'],
  'released-in-future': ['admin'],
  'release-date-unknown': ['security'],
  'nothing-to-evaluate': ['system'],
  'due-passed': ['it', 'owner'],
  'platform-ending': ['it', 'owner'],
  'platform-end-of-life': ['it', 'owner'],
  'platform-extended-support': ['it', 'owner'],
  'risk-answered': ['owner', 'security'],
  'risk-outgrown': ['owner', 'security'],
  'risk-reopened': ['it', 'owner'],
  'exception-unanswered': ['owner', 'security'],
  'exception-needs-others': ['owner', 'security'],
  'report-stale': ['it'],
  'listing-stale': ['it', 'owner'],
  'proposal-pending': ['system', 'it'],
  'transaction-impossible': ['it'],
  'authenticity-pending': ['system'],
  'origin-not-configured': ['admin'],
  'origin-unreachable': ['it', 'admin'],
  'signature-wrong': ['admin', 'security'],
  'index-expired': ['admin'],
  'index-not-yet-valid': ['admin'],
  'index-rolled-back': ['security'],
  'index-unreadable': ['admin'],
  'package-not-listed': ['it'],
  'hash-mismatch': ['security'],
  'version-not-newer': ['it'],
  'package-too-large': ['admin'],
  'byte-store-full': ['admin'],
  'pair-untested': ['it', 'owner'],
  'transaction-not-an-upgrade': ['it'],
  'ring-not-apart': ['it', 'admin'],
  'no-maintenance-window': ['it', 'owner'],
  'window-too-short': ['it', 'owner'],
  'no-window-in-time': ['owner'],
  'no-window-before-due': ['owner'],
  'nothing-to-plan': ['it'],
  'no-way-back': ['it', 'owner'],
  ...CAMPAIGN_REASONS,
  'no-trust-root': ['admin'],
  'passkey-site-missing': ['admin'],
  'passkey-waiting': ['admin'],
  'passkey-leaving': ['admin'],
  'notice-without-recipient': ['it', 'admin'],
  ...HOST_REASONS,
} as const satisfies Record<string, readonly (Role | 'system')[]>;
export type ReasonCode = keyof typeof REASONS;

export interface Reason {
  readonly code: ReasonCode;
  /** What it is about: a package, a vulnerability, an asset id. */
  readonly subject: string;
  readonly clearableBy: readonly (Role | 'system')[];
  /** The instant by which it must be cleared, where there is one. */
  readonly by?: Instant;
}

/** A reason of the closed list, with the roles that can clear it. */
export function reasonOf(code: ReasonCode, subject: string, by?: Instant): Reason {
  const reason = { code, subject, clearableBy: REASONS[code] };
  return by === undefined ? reason : { ...reason, by };
}
