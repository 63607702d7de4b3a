import type { NeedKind } from '@patchsteward/contract';
import type { CampaignState } from '@patchsteward/core/campaign';
import { type Instant, type Reason, type ReasonCode, type Role, speaksFor } from '@patchsteward/core/vocabulary';

/** Who looks at the overview. */
export interface Looker {
  readonly login: string;
  readonly roles: readonly Role[];
}

/** What there is to do about a reason; the others are something else. */
const KINDS: Readonly<Partial<Record<ReasonCode, NeedKind>>> = {
  'campaign-paused': 'resume',
  'campaign-halted': 'resume',
  'failure-limit': 'resume',
  'failures-alike': 'resume',
  'approval-revoked': 'resume',
  'vendor-withdrew': 'resume',
  'soak-failed': 'resume',
  'invariant-broken': 'resume',
  'wave-without-success': 'resume',
  'change-not-requested': 'request-change',
  'approval-missing': 'approve',
  'cli-signature-missing': 'approve',
  'approval-unanswered': 'approve',
  'window-not-agreed': 'agree-window',
  'test-not-started': 'start-test',
  'test-plan-missing': 'start-test',
  'test-host-missing': 'start-test',
  'test-debt-open': 'start-test',
  'test-failed': 'judge-test',
  'test-inconclusive': 'judge-test',
  'versions-differ': 'judge-test',
  'service-failed': 'judge-test',
  quarantined: 'release-files',
  'files-not-verified': 'release-files',
  'hash-mismatch': 'release-files',
  'signature-wrong': 'release-files',
  'index-rolled-back': 'release-files',
  'backup-not-checked': 'prove-backup',
  'backup-missing': 'prove-backup',
  'backup-stale': 'prove-backup',
  'backup-of-other-host': 'prove-backup',
  'backup-too-small': 'prove-backup',
  'backup-integrity-unknown': 'prove-backup',
  'backup-integrity-stale': 'prove-backup',
  'waiver-expired': 'prove-backup',
  'lane-not-known': 'assess',
  'risk-not-assessed': 'assess',
  'severity-unknown': 'assess',
  'plan-missing': 'plan',
  'plan-expired': 'plan',
  'plan-outdated': 'plan',
  'no-maintenance-window': 'plan',
  'window-too-short': 'plan',
  'no-window-in-time': 'plan',
  'no-window-before-due': 'plan',
  'nothing-to-plan': 'plan',
  'pair-untested': 'plan',
  'ring-not-apart': 'plan',
  'notice-not-sent': 'send-notice',
  'notice-undelivered': 'send-notice',
  'notice-too-short': 'send-notice',
  'notice-without-recipient': 'send-notice',
  'host-silent': 'look-after-host',
  'host-blocked': 'look-after-host',
  'host-reports-fork': 'look-after-host',
  'report-stale': 'look-after-host',
  'rollback-failed': 'look-after-host',
  'soak-inconclusive': 'finish',
  'rescan-missing': 'finish',
  'rescan-not-clean': 'finish',
  'audit-signature-missing': 'finish',
  'disposition-missing': 'finish',
};

export function needKindOf(code: ReasonCode): NeedKind {
  return KINDS[code] ?? 'other';
}

/**
 * Whether this person can clear a reason now: by their role, and not in vain. What clears by itself needs nobody before
 * its time is over.
 */
export function needs(looker: Looker, reason: Reason, state: CampaignState, now: Instant): boolean {
  if (!reason.clearableBy.some((role) => role !== 'system' && looker.roles.includes(role))) return false;
  if (reason.clearableBy.includes('system') && !isOver(reason, now)) return false;
  return IN_VAIN[reason.code]?.(looker, state, reason.subject) !== true;
}

export function isOver({ by }: Reason, now: Instant): boolean {
  return by !== undefined && by < now;
}

type InVain = (looker: Looker, state: CampaignState, subject: string) => boolean;

const hasVoted: InVain = ({ login }, { requester, votes }) =>
  login === requester || votes.some(({ person }) => person === login);

/** What they say would be refused, or they have said it. // SOP P5 */
const IN_VAIN: Readonly<Partial<Record<ReasonCode, InVain>>> = {
  'approval-missing': hasVoted,
  'approval-unanswered': hasVoted,
  'cli-signature-missing': ({ login }, { requester, votes }) =>
    login === requester || votes.some(({ person, keyClass }) => person === login && keyClass === 'cli'),
  'change-not-requested': ({ login }, { requester }) => login !== requester,
  'window-not-agreed': ({ login, roles }, { assets }, subject) =>
    !assets.some((asset) => asset.name === subject && speaksFor({ person: login, roles }, asset)),
  'audit-signature-missing': ({ login }, { audits }) => audits.some(({ person }) => person === login),
};
