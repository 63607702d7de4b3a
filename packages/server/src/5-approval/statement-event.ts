import type { CampaignEvent } from '@patchsteward/core/campaign';
import type { Hash, SignedBy } from '@patchsteward/core/vocabulary';
import type { Statement, StatementKind } from '@patchsteward/trust/statement';

/** Words that count only together with those of others: the same text, signed by each. // rollout-and-trust §2.2 */
const TOGETHER: ReadonlySet<StatementKind> = new Set([
  'lane.set',
  'auth.released',
  'test.accepted',
  'rollback.requested',
  'exception.signed',
  'risk.accepted',
]);

export function countsTogether(kind: StatementKind): boolean {
  return TOGETHER.has(kind);
}

/** What a statement says to the campaign. `signed`: its signer last, those who said the same before. */
export function eventOfStatement(statement: Statement, signed: SignedBy, before: readonly SignedBy[]): CampaignEvent {
  const everybody = [...before, signed];
  switch (statement.kind) {
    case 'risk.assessed':
      return { kind: 'risk.assessed', assessment: statement.body, signed };
    case 'lane.set':
      return { kind: 'lane.set', lane: statement.body.lane, due: statement.body.due, signed: everybody };
    case 'auth.released':
      return { kind: 'auth.released', signed: everybody };
    case 'test.accepted':
      return { kind: 'test.accepted', signed: everybody };
    case 'test.deferred':
      return { kind: 'test.deferred', due: statement.body.due, signed };
    case 'window.agreed':
      return { kind: 'window.agreed', plan: planOf(statement), signed, assets: statement.body.assets };
    case 'approval.refused':
      return { kind: 'approval.refused', plan: planOf(statement), signed, why: statement.body.why };
    case 'approval.revoked':
      return { kind: 'approval.revoked', plan: planOf(statement), signed, why: statement.body.why };
    case 'resume':
      return { kind: 'resume', signed, why: statement.body.why };
    case 'rollback.requested':
      return { kind: 'rollback.requested', signed: everybody, why: statement.body.why };
    case 'host.declared': {
      const { assetId, as, why } = statement.body;
      return { kind: 'host.declared', assetId, as, signed, why };
    }
    case 'waiver': {
      const { assetId, expiresAt, why } = statement.body;
      return { kind: 'waiver.signed', assetId, signed, expiresAt, why };
    }
    case 'exception.signed': {
      const { assetId, expiresAt, why } = statement.body;
      return { kind: 'exception.signed', assetId, signed: everybody, expiresAt, why };
    }
    case 'risk.accepted': {
      const { expiresAt, why } = statement.body;
      return { kind: 'risk.accepted', signed: everybody, expiresAt, why };
    }
    case 'audit.signed':
      return { kind: 'audit.signed', signed, dispositions: statement.body.dispositions };
    case 'halt':
      return { kind: 'halt', why: statement.body.why };
  }
}

/** Kinds that speak of a plan name one: the decoder of statements has seen to it. */
function planOf({ kind, plan }: { readonly kind: string; readonly plan: Hash | null }): Hash {
  if (plan === null) throw new TypeError(`a statement ${kind} without a plan was decoded`);
  return plan;
}
