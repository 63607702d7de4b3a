import type { Decision, PlanActBody } from '@patchsteward/contract';
import { signPlan, signStatement } from '../campaign/signing-parts.ts';

/** Each act in its signed form: a plan is signed itself, everything else is a statement about it. */
export function perform({ plan, campaign }: Decision, { act, assets }: PlanActBody, why: string): Promise<unknown> {
  switch (act) {
    case 'request':
      return signPlan(plan, 'request', why);
    case 'sign-test':
      return signPlan(plan, 'test', null);
    case 'approve':
      return signPlan(plan, 'approve', null);
    case 'agree':
      return signStatement(campaign.id, { kind: 'window.agreed', plan, body: { assets } });
    case 'refuse':
      return signStatement(campaign.id, { kind: 'approval.refused', plan, body: { why } });
    case 'revoke':
      return signStatement(campaign.id, { kind: 'approval.revoked', plan, body: { why } });
  }
}
