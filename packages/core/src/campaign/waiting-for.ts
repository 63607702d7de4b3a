import { missingAgreements } from '../5-approval/index.ts';
import { missingAuditors } from '../7-documentation/index.ts';
import type { Policy } from '../policy/index.ts';
import { type Instant, type Reason, reasonOf } from '../vocabulary/index.ts';
import { quorumMissing } from './guards/approval.ts';
import { approverRoles, type Case, lanePolicy, productionOf } from './guards/case.ts';
import { soakEnds, unexplained } from './guards/deployment.ts';
import { evaluationMissing } from './guards/evaluation.ts';
import type { CampaignState, Interruption } from './state.ts';

export interface ExplainContext {
  readonly now: Instant;
  readonly policy: Policy;
}

/**
 * What a campaign waits for, as far as the campaign itself knows; the room in which it stands may know better. Empty only
 * for a campaign that is over. // §2.8 L4
 */
export function waitingFor(state: CampaignState, context: ExplainContext): Reason[] {
  const { title, due } = state;
  const by = due ?? undefined;
  switch (state.name) {
    case 'identified':
      return evaluationMissing({ next: state });
    case 'evaluated':
      return [reasonOf('files-not-verified', title, by)];
    case 'quarantined':
      return [reasonOf('quarantined', title, by), ...failedFiles(state)];
    case 'authentic':
      return [waitingForTest(state)];
    case 'tested':
      return waitingForBackup(state);
    case 'backed-up':
      return [reasonOf('plan-missing', title, by)];
    case 'replanning':
      return [...state.outdatedBy, reasonOf('plan-missing', title, by)];
    case 'planned':
      return waitingForApproval(state, context);
    case 'approved':
      return [waitingForNotice(state)];
    case 'scheduled':
      return [waitingForFirstWave(state, context.now)];
    case 'deploying':
      return [waitingForWave(state)];
    case 'paused':
      return stopped(state, state.pause, 'campaign-paused', context.policy);
    case 'halted':
      return stopped(state, state.halt, 'campaign-halted', context.policy);
    case 'rolling-back':
      return [reasonOf('rollback-running', title)];
    case 'monitoring':
      return waitingForMonitoring(state, context.policy);
    case 'audited':
      return waitingForAudit(state, context.now);
    case 'risk-accepted':
      return [reasonOf('risk-accepted', title, state.end?.until ?? undefined)];
    case 'mitigated':
      return [reasonOf('mitigated', title, state.end?.until ?? undefined)];
    case 'completed':
    case 'completed-with-exceptions':
    case 'rolled-back':
    case 'rejected':
    case 'withdrawn':
    case 'superseded':
    case 'not-applicable':
      return [];
  }
}

function failedFiles({ authenticity }: CampaignState): readonly Reason[] {
  return authenticity?.kind === 'failed' ? authenticity.reasons : [];
}

function waitingForTest({ trial, title, due }: CampaignState): Reason {
  const by = due ?? undefined;
  if (trial.plan === null) return reasonOf('test-plan-missing', title, by);
  if (trial.started === null) return reasonOf('test-not-started', title, by);
  if (trial.verdict === null) return reasonOf('test-running', title, by);
  return reasonOf(trial.verdict.result === 'fail' ? 'test-failed' : 'test-inconclusive', title, by);
}

function waitingForBackup({ backup, title, due }: CampaignState): Reason[] {
  if (backup === null || backup.missing.length === 0) return [reasonOf('backup-not-checked', title, due ?? undefined)];
  return [...backup.missing];
}

function waitingForApproval(state: CampaignState, context: ExplainContext): Reason[] {
  const { change, title, plan } = state;
  const by = plan?.firstStart;
  if (plan !== null && context.now >= plan.notAfter) return [reasonOf('plan-expired', title)];
  return [
    ...(change === null ? [reasonOf('change-not-requested', title, by)] : []),
    ...missingAgreements(productionOf(state), state.windows, by),
    ...quorumMissing(caseOf(state, context)),
  ];
}

/** The quorum is a question about a state alone; guards ask it of a case. */
function caseOf(state: CampaignState, { now, policy }: ExplainContext): Case {
  return { state, next: state, event: { kind: 'notice.elapsed' }, now, policy, by: 'system' };
}

function waitingForNotice({ notice, title, plan }: CampaignState): Reason {
  if (notice === null) return reasonOf('notice-not-sent', title, plan?.firstStart);
  return reasonOf('notice-running', title, notice.elapsesAt);
}

function waitingForFirstWave({ plan, title, backup }: CampaignState, now: Instant): Reason {
  if (plan === null || now >= plan.notAfter) return reasonOf('plan-expired', title);
  if (now < plan.firstStart) return reasonOf('window-not-open', title, plan.firstStart);
  return backup?.missing[0] ?? reasonOf('wave-not-open', '1', plan.lastEnd);
}

function waitingForWave({ waves, title, due, plan }: CampaignState): Reason {
  const open = waves.find(({ closed }) => closed === null);
  const by = plan?.lastEnd ?? due ?? undefined;
  if (open !== undefined) return reasonOf('wave-running', `wave ${open.wave} of ${title}`, by);
  return reasonOf('wave-not-open', String(waves.length + 1), by);
}

/** Only those who may resume can clear a stop, whatever caused it. */
function stopped(
  state: CampaignState,
  interruption: Interruption | null,
  code: 'campaign-paused' | 'campaign-halted',
  policy: Policy,
): Reason[] {
  const why = interruption?.reasons ?? [];
  const reasons = why.length > 0 ? why : [reasonOf(code, state.title)];
  const roles = [...new Set(approverRoles(state, policy))];
  return reasons.map((reason) => withTerm({ ...reason, clearableBy: roles }, state.due));
}

function withTerm(reason: Reason, due: Instant | null): Reason {
  return reason.by === undefined && due !== null ? { ...reason, by: due } : reason;
}

function waitingForMonitoring(state: CampaignState, policy: Policy): Reason[] {
  const { soak, rescan, title } = state;
  const ends = soakEnds(state, lanePolicy(state, policy).soakMs);
  return [
    ...(soak === null ? [reasonOf('soak-running', title, ends)] : []),
    ...(soak?.result === 'inconclusive' ? [reasonOf('soak-inconclusive', title, ends)] : []),
    ...(rescan === null ? [reasonOf('rescan-missing', title, ends)] : []),
  ];
}

function waitingForAudit(state: CampaignState, now: Instant): Reason[] {
  const { trial, title } = state;
  return [
    ...unexplained(state, now).map((assetId) => reasonOf('disposition-missing', assetId)),
    ...(trial.debt !== null && trial.debt.paidAt === null ? [reasonOf('test-debt-open', title, trial.debt.due)] : []),
    ...missingAuditors(title, state.audits),
  ];
}
