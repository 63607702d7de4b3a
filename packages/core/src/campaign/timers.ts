import type { Policy } from '../policy/index.ts';
import type { Instant } from '../vocabulary/index.ts';
import type { CampaignEvent, TimerKind } from './event.ts';
import { lanePolicy } from './guards/case.ts';
import type { CampaignState } from './state.ts';

/** An event to be fed when its time has come. The same key replaces; one that is refused then came too late. */
export interface CampaignTimer {
  readonly key: string;
  readonly at: Instant;
  readonly event: CampaignEvent;
}

/** Of the time between first sight and due, this much has passed when people are told. */
const DUE_NEAR_SHARE = 0.75;

/** The times that follow from a transition. Timers are derived from the state, so that a crash can lose none. */
export function timersAfter(before: CampaignState | null, after: CampaignState, policy: Policy): CampaignTimer[] {
  return [
    ...dueTimers(before, after),
    ...planTimers(before, after, policy),
    ...termTimers(before, after),
    ...noticeTimers(before, after),
  ];
}

function dueTimers(before: CampaignState | null, { due, firstSeen }: CampaignState): CampaignTimer[] {
  if (due === null || due === before?.due) return [];
  // Nobody had any of the time before the update was seen: of a backlog most of it would be over at once.
  return [fired('due-near', firstSeen + (due - firstSeen) * DUE_NEAR_SHARE), fired('due-passed', due)];
}

function planTimers(before: CampaignState | null, after: CampaignState, policy: Policy): CampaignTimer[] {
  const { name, plan, change, trial, since } = after;
  // A plan that is taken up again to be watched asks for nothing, and has no authority to end.
  if (name === 'monitoring') return [];
  const timers: CampaignTimer[] = [];
  if (plan !== null && plan.hash !== before?.plan?.hash) timers.push(fired('authority-over', plan.notAfter));
  if (change !== null && before?.change === null) {
    timers.push(fired('approval-unanswered', Math.max(change.at, since) + lanePolicy(after, policy).approvalAskMs));
  }
  if (trial.debt !== null && before?.trial.debt === null) timers.push(fired('test-debt-due', trial.debt.due));
  return timers;
}

/** What was accepted or mitigated for a time opens again by itself. // §2.8 S18 L8 */
function termTimers(before: CampaignState | null, { name, end }: CampaignState): CampaignTimer[] {
  if (end === null || end.until === null || before?.name === name) return [];
  if (name === 'mitigated') return [{ key: 'term', at: end.until, event: { kind: 'mitigation.expired' } }];
  return name === 'risk-accepted' ? [{ key: 'term', at: end.until, event: { kind: 'risk.expired' } }] : [];
}

/** The time of notice may run beside approval; it only counts once both are there. // decided 13 */
function noticeTimers(before: CampaignState | null, { name, notice }: CampaignState): CampaignTimer[] {
  const news = before?.name !== name || before.notice !== notice;
  if (name !== 'approved' || notice === null || !news) return [];
  return [{ key: 'notice', at: notice.elapsesAt, event: { kind: 'notice.elapsed' } }];
}

function fired(timer: TimerKind, at: Instant): CampaignTimer {
  return { key: timer, at, event: { kind: 'timer.fired', timer } };
}
