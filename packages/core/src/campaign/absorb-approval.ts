import type { Absorb } from './absorb.ts';
import type { EventOf } from './event.ts';
import { NO_TRIAL } from './initial.ts';
import type { CampaignState } from './state.ts';

/** From the compiled plan to the notice. // SOP P5 */
export const ABSORB_APPROVAL: {
  readonly [K in
    | 'plan.compiled'
    | 'plan.stale'
    | 'plan.superseded'
    | 'change.requested'
    | 'window.agreed'
    | 'approval.signed'
    | 'approval.refused'
    | 'approval.revoked'
    | 'notice.sent'
    | 'notice.elapsed'
    | 'exception.signed'
    | 'risk.accepted'
    | 'risk.expired']: Absorb<K>;
} = {
  'plan.compiled': (state, event, at) => compiled(state, event, at),
  'plan.stale': ({ outdatedBy }, { reasons }) => ({ outdatedBy: [...outdatedBy, ...reasons] }),
  'plan.superseded': () => ({}),
  'change.requested': (_, { signed, why }, at) => ({ change: { signed, why, at } }),
  'window.agreed': ({ windows }, { signed, assets }, at) => ({ windows: [...windows, { signed, assets, at }] }),
  'approval.signed': ({ votes }, { signed }) => ({ votes: [...votes, signed] }),
  'approval.refused': (_, { why }) => ({ end: { why, until: null } }),
  'approval.revoked': ({ votes }, { signed }) => ({ votes: votes.filter(({ person }) => person !== signed.person) }),
  'notice.sent': (_, { receipts, elapsesAt }) => ({ notice: { receipts, elapsesAt } }),
  'notice.elapsed': () => ({}),
  'exception.signed': ({ exceptions }, event) => {
    const { kind: _, ...exception } = event;
    return { exceptions: [...exceptions.filter(({ assetId }) => assetId !== exception.assetId), exception] };
  },
  'risk.accepted': (_, { why, expiresAt }) => ({ end: { why, until: expiresAt } }),
  'risk.expired': () => ({}),
};

function compiled(state: CampaignState, event: EventOf<'plan.compiled'>, at: number): Partial<CampaignState> {
  const { kind: _, plan, planKind, ...figures } = event;
  const plansSeen = [...state.plansSeen, plan];
  if (planKind === 'test') return { plansSeen, trial: { ...NO_TRIAL, plan, debt: state.trial.debt } };
  if (planKind === 'rollback') return { plansSeen, rollbackPlan: plan };
  return { plansSeen, plan: { hash: plan, ...figures, compiledAt: at }, outdatedBy: [] };
}
