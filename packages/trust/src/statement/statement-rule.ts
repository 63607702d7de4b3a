import { ROLES, type Role } from '@patchsteward/core/vocabulary';
import { PAYLOAD_TYPES, type PayloadType } from '../dsse/index.ts';
import type { StatementKind } from './statement-bodies.ts';

export interface StatementRule {
  readonly payloadType: PayloadType;
  /** Whoever has one of these may say it. Whether it is enough is for the room that hears it. */
  readonly roles: readonly Role[];
  /** It speaks of one plan and of no other. */
  readonly ofPlan: boolean;
}

const STATEMENT = PAYLOAD_TYPES.statement;

/** Who may say what. // SOP R1-R4, rollout §2.2 */
export const STATEMENT_RULES: Readonly<Record<StatementKind, StatementRule>> = {
  'risk.assessed': { payloadType: STATEMENT, roles: ['it', 'security'], ofPlan: false },
  'lane.set': { payloadType: STATEMENT, roles: ['owner', 'security'], ofPlan: false },
  'auth.released': { payloadType: STATEMENT, roles: ['security'], ofPlan: false },
  'test.accepted': { payloadType: STATEMENT, roles: ['it', 'owner'], ofPlan: false },
  'test.deferred': { payloadType: STATEMENT, roles: ['it', 'security'], ofPlan: false },
  'window.agreed': { payloadType: STATEMENT, roles: ['owner'], ofPlan: true },
  'approval.refused': { payloadType: STATEMENT, roles: ['change', 'owner', 'security'], ofPlan: true },
  'approval.revoked': { payloadType: STATEMENT, roles: ['change', 'owner', 'security'], ofPlan: true },
  resume: { payloadType: STATEMENT, roles: ['change', 'owner', 'security'], ofPlan: false },
  'rollback.requested': { payloadType: STATEMENT, roles: ['change', 'it', 'owner', 'security'], ofPlan: false },
  'host.declared': { payloadType: STATEMENT, roles: ['it', 'owner'], ofPlan: false },
  waiver: { payloadType: PAYLOAD_TYPES.waiver, roles: ['owner', 'security'], ofPlan: false },
  'exception.signed': { payloadType: STATEMENT, roles: ['owner', 'security'], ofPlan: false },
  'risk.accepted': { payloadType: STATEMENT, roles: ['owner', 'security'], ofPlan: false },
  'audit.signed': { payloadType: STATEMENT, roles: ['it', 'security'], ofPlan: false },
  // Stopping is cheap; going on is not. // rollout §3.4
  halt: { payloadType: PAYLOAD_TYPES.halt, roles: ROLES, ofPlan: false },
};
