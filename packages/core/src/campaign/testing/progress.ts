import { isProduction } from '../../vocabulary/index.ts';
import type { CampaignEventKind } from '../event.ts';
import type { CampaignState } from '../state.ts';
import type { Dice } from './dice.ts';

/** What an organization that wants to get on would do next; null: the campaign is over. */
export function nextKind(state: CampaignState, now: number, dice: Dice): CampaignEventKind | null {
  switch (state.name) {
    case 'identified':
      return missingInEvaluation(state, dice);
    case 'evaluated':
      return state.lane === 'mitigation' && dice.chance(0.3) ? 'mitigation.applied' : 'auth.verified';
    case 'quarantined':
      return dice.chance(0.8) ? 'auth.released' : 'campaign.withdrawn';
    case 'authentic':
      return nextInTest(state, dice);
    case 'tested':
      return owesTest(state) && dice.chance(0.15) ? nextInTest(state, dice) : 'backup.checked';
    case 'backed-up':
      return state.deployed && dice.chance(0.8) ? 'deployment.done' : 'plan.compiled';
    case 'replanning':
      return state.deployed && dice.chance(0.75) ? 'deployment.done' : 'plan.compiled';
    case 'planned':
      return nextInApproval(state, now, dice);
    case 'approved':
      return state.notice === null ? 'notice.sent' : 'notice.elapsed';
    case 'scheduled':
      return 'wave.opened';
    case 'deploying':
      return state.waves.some(({ closed }) => closed === null) ? 'wave.closed' : 'wave.opened';
    case 'paused':
      if (lastWaveIsOpen(state) && dice.chance(0.8)) return 'wave.closed';
      return dice.one(['resume', 'resume', 'resume', 'approval.signed', 'rollback.requested']);
    case 'halted':
      if (lastWaveIsOpen(state) && dice.chance(0.8)) return 'wave.closed';
      return dice.one(['resume', 'resume', 'resume', 'rollback.requested']);
    case 'rolling-back':
      return 'rollback.completed';
    case 'monitoring':
      return state.soak === null || dice.chance(0.4) ? 'soak.verdict' : 'rescan.done';
    case 'audited':
      return owesTest(state) ? nextInTest(state, dice) : 'audit.signed';
    case 'risk-accepted':
      return 'risk.expired';
    case 'mitigated':
      return dice.one(['mitigation.expired', 'mitigation.expired', 'risk.accepted', 'campaign.superseded']);
    case 'completed':
    case 'completed-with-exceptions':
    case 'rolled-back':
    case 'rejected':
    case 'withdrawn':
    case 'superseded':
    case 'not-applicable':
      return null;
  }
}

function missingInEvaluation({ scopeAt, lane, risk }: CampaignState, dice: Dice): CampaignEventKind {
  const missing: CampaignEventKind[] = [
    ...(scopeAt === null ? (['scope.computed'] as const) : []),
    ...(lane === null ? ([dice.chance(0.8) ? 'lane.proposed' : 'lane.set'] as const) : []),
    ...(risk === null ? (['risk.assessed'] as const) : []),
  ];
  return dice.any(missing) ?? 'scope.computed';
}

export function owesTest({ trial }: CampaignState): boolean {
  return trial.debt !== null && trial.debt.paidAt === null;
}

export function nextInTest({ trial, lane, name }: CampaignState, dice: Dice): CampaignEventKind {
  if (name === 'authentic' && lane === 'emergency' && trial.debt === null && dice.chance(0.4)) return 'test.deferred';
  if (trial.plan === null) return 'plan.compiled';
  if (trial.started === null) return 'test.started';
  if (trial.verdict === null) return 'test.verdict';
  return trial.verdict.result === 'inconclusive' && dice.chance(0.8) ? 'test.accepted' : 'plan.compiled';
}

function nextInApproval(state: CampaignState, now: number, dice: Dice): CampaignEventKind {
  if (state.plan === null || now >= state.plan.notAfter) return 'plan.stale';
  if (state.change === null) return 'change.requested';
  const agreed = state.windows.flatMap(({ assets }) => assets);
  const open = state.assets.some((one) => isProduction(one) && !agreed.includes(one.assetId));
  if (open && dice.chance(0.6)) return 'window.agreed';
  return state.notice === null && dice.chance(0.15) ? 'notice.sent' : 'approval.signed';
}

function lastWaveIsOpen({ plan, waves }: CampaignState): boolean {
  const last = waves.at(-1);
  return last !== undefined && last.closed === null && last.wave === plan?.waves;
}
