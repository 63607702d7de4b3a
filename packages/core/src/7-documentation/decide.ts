import {
  type Instant,
  type Reason,
  type Role,
  reasonOf,
  type SignedBy,
  type TrialResult,
  type Verdict,
} from '../vocabulary/index.ts';

export interface AuditFacts {
  readonly subject: string;
  readonly soak: { readonly result: TrialResult } | null;
  readonly soakEndsAt: Instant;
  readonly rescan: { readonly remaining: readonly string[] } | null;
  /** Assets of which more must be said than "done", and those of which it was said. */
  readonly discrepancies: readonly string[];
  readonly explained: readonly string[];
  readonly audits: readonly SignedBy[];
  /** A deferred test that is still owed; null: none. */
  readonly testDebtDue: Instant | null;
  readonly by: Instant | null;
}

export interface Audited {
  /** Assets with a disposition: the campaign completes with exceptions where there are any. */
  readonly exceptions: readonly string[];
}

/** Who signs the audit: two people, one of each. // SOP P7.2, checklist c22 */
const AUDITORS: readonly Role[] = ['it', 'security'];

/** Step 7. Every discrepancy has a disposition, or the campaign stays open. // SOP P7, rollout-and-trust §2.2 */
export function decideAudit(facts: AuditFacts, now: Instant): Verdict<Audited> {
  const { subject, soak, soakEndsAt, rescan, discrepancies, explained } = facts;
  if (soak?.result === 'fail') return { kind: 'stop', blockedBy: [reasonOf('soak-failed', subject)] };
  const open = discrepancies.filter((assetId) => !explained.includes(assetId));
  const waitingOn: Reason[] = [
    ...(soak === null || now < soakEndsAt ? [reasonOf('soak-running', subject, soakEndsAt)] : []),
    ...(soak?.result === 'inconclusive' ? [reasonOf('soak-inconclusive', subject)] : []),
    ...(rescan === null ? [reasonOf('rescan-missing', subject, facts.by ?? undefined)] : []),
    ...open.map((assetId) => dispositionMissing(assetId, rescan?.remaining ?? [])),
    ...(facts.testDebtDue === null ? [] : [reasonOf('test-debt-open', subject, facts.testDebtDue)]),
    ...missingAuditors(subject, facts.audits),
  ];
  if (waitingOn.length > 0) return { kind: 'wait', waitingOn };
  return { kind: 'proceed', value: { exceptions: discrepancies } };
}

/** Roles whose signature the audit still lacks; one person signs for one of them. */
export function missingAuditors(subject: string, audits: readonly SignedBy[]): Reason[] {
  const both = audits.some((one) =>
    audits.some((other) => one.person !== other.person && holds(one, 'it') && holds(other, 'security')),
  );
  if (both) return [];
  const missing = AUDITORS.filter((role) => !audits.some((one) => holds(one, role)));
  const roles = missing.length > 0 ? missing : AUDITORS;
  return [{ ...reasonOf('audit-signature-missing', subject), clearableBy: roles }];
}

function holds({ roles }: SignedBy, role: Role): boolean {
  return roles.includes(role);
}

function dispositionMissing(assetId: string, remaining: readonly string[]): Reason {
  return reasonOf(remaining.includes(assetId) ? 'rescan-not-clean' : 'disposition-missing', assetId);
}
