import { type Hash, type Reason, type Role, reasonOf } from '../vocabulary/index.ts';
import type { CampaignEvent } from './event.ts';
import type { CampaignState } from './state.ts';

/** What must follow outside the machine. Each may be carried out twice. */
export type CampaignCommand =
  /** Jobs of this plan that have not been allowed to start never will be. */
  | { readonly kind: 'cancel-jobs'; readonly plan: Hash }
  | { readonly kind: 'send-notices'; readonly plan: Hash }
  | { readonly kind: 'tell'; readonly roles: readonly (Role | 'system')[]; readonly reason: Reason };

export function commandsAfter(
  before: CampaignState | null,
  after: CampaignState,
  event: CampaignEvent,
): CampaignCommand[] {
  return [...jobCommands(before, after), ...noticeCommands(before, after), ...tellings(before, after, event)];
}

/** A plan that was let go, or whose campaign now goes back, starts nothing more. */
function jobCommands(before: CampaignState | null, after: CampaignState): CampaignCommand[] {
  const plan = before?.plan?.hash;
  if (plan === undefined) return [];
  const dropped = after.plan?.hash !== plan || (after.end !== null && before?.end === null);
  const goesBack = after.name === 'rolling-back' && before?.name !== 'rolling-back';
  return dropped || goesBack ? [{ kind: 'cancel-jobs', plan }] : [];
}

/** Asked for once the change is requested, so that notice and approval run side by side. // decided 13 */
function noticeCommands(before: CampaignState | null, after: CampaignState): CampaignCommand[] {
  const { plan, change, notice } = after;
  const asked = change !== null && before?.change === null;
  return asked && plan !== null && notice === null ? [{ kind: 'send-notices', plan: plan.hash }] : [];
}

function tellings(before: CampaignState | null, after: CampaignState, event: CampaignEvent): CampaignCommand[] {
  if (event.kind === 'timer.fired') {
    const told = timerReason(event.timer, after);
    return told === null ? [] : [tell(told)];
  }
  if (after.name === before?.name) return [];
  if (after.name === 'paused') return (after.pause?.reasons ?? []).map(tell);
  if (after.name === 'halted') return (after.halt?.reasons ?? []).map(tell);
  if (after.name === 'quarantined') return [tell(reasonOf('quarantined', after.title))];
  return [];
}

function timerReason(
  timer: Extract<CampaignEvent, { kind: 'timer.fired' }>['timer'],
  state: CampaignState,
): Reason | null {
  const { title, due } = state;
  switch (timer) {
    case 'approval-unanswered':
      return state.name === 'planned' ? reasonOf('approval-unanswered', title, state.plan?.firstStart) : null;
    case 'due-near':
      return reasonOf('due-near', title, due ?? undefined);
    case 'due-passed':
      return reasonOf('due-passed', title);
    case 'authority-over':
      return reasonOf('plan-expired', title);
    case 'test-debt-due':
      return state.trial.debt?.paidAt === null ? reasonOf('test-debt-open', title, state.trial.debt.due) : null;
  }
}

function tell(reason: Reason): CampaignCommand {
  return { kind: 'tell', roles: reason.clearableBy, reason };
}
