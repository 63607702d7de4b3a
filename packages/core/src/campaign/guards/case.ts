import type { LanePolicy, Policy } from '../../policy/index.ts';
import {
  CRITICALITIES,
  type Criticality,
  type Instant,
  isProduction,
  type Reason,
  type ReasonCode,
  type Role,
  reasonOf,
  type ScopedAsset,
  type SignedBy,
} from '../../vocabulary/index.ts';
import type { By, CampaignEvent } from '../event.ts';
import type { CampaignState } from '../state.ts';

/** What a guard looks at: the campaign before the event, the event, and the campaign with the event's values in it. */
export interface Case {
  readonly state: CampaignState;
  readonly event: CampaignEvent;
  readonly next: CampaignState;
  readonly now: Instant;
  readonly policy: Policy;
  readonly by: By;
}

/** null: passed. */
export type Guard = (given: Case) => Reason | null;

/** The reason where the condition does not hold. */
export function unless(holds: boolean, code: ReasonCode, subject: string, by?: Instant): Reason | null {
  return holds ? null : reasonOf(code, subject, by);
}

export function laneOf({ next, policy }: Case): LanePolicy {
  return lanePolicy(next, policy);
}

/** Before a lane is known the strictest figures we have for ordinary work hold. */
export function lanePolicy({ lane }: CampaignState, policy: Policy): LanePolicy {
  return policy.lanes[lane ?? 'critical'];
}

/** Whoever signed the event: one person, several, or nobody. */
export function signersOf(event: CampaignEvent): readonly SignedBy[] {
  if (!('signed' in event)) return [];
  return 'person' in event.signed ? [event.signed] : event.signed;
}

/** Whether different people hold these roles: one person is one of them, whatever else they are. */
export function differentPeople(signers: readonly SignedBy[], wanted: readonly Role[]): boolean {
  const [role, ...rest] = wanted;
  if (role === undefined) return true;
  return signers.some(
    (one) =>
      one.roles.includes(role) &&
      differentPeople(
        signers.filter(({ person }) => person !== one.person),
        rest,
      ),
  );
}

export function productionOf({ assets }: CampaignState): readonly ScopedAsset[] {
  return assets.filter(isProduction);
}

/** The highest among the assets in production: it decides the quorum together with the lane. // SOP P5.1 */
export function criticalityOf(state: CampaignState): Criticality {
  const ranks = productionOf(state).map(({ criticality }) => CRITICALITIES.indexOf(criticality));
  return CRITICALITIES[Math.max(0, ...ranks)] ?? 'critical';
}

/** Roles that some seat of the lane takes, at the criticality of this campaign. */
export function approverRoles(state: CampaignState, policy: Policy): readonly Role[] {
  return lanePolicy(state, policy).approvals[criticalityOf(state)].seats.flat();
}

export function isApprover({ roles }: SignedBy, state: CampaignState, policy: Policy): boolean {
  const wanted = approverRoles(state, policy);
  return roles.some((role) => wanted.includes(role));
}
