import type { Decision } from '@patchsteward/contract';
import type { Instant } from '@patchsteward/core/vocabulary';
import { reasonBody } from '../../platform/http/reason-body.ts';
import type { DecisionFacts } from './decision-facts.ts';

/** What the signatures would rest on. // SOP P2.1 P3.2, checklist c4 c8 c10 */
export function evidenceOf(
  facts: DecisionFacts,
): Pick<Decision, 'risk' | 'authenticity' | 'trial' | 'testOwedUntil' | 'evidence'> {
  const { state, body } = facts;
  const { debt } = state.trial;
  return {
    risk: riskOf(facts),
    authenticity: authenticityOf(facts),
    trial: trialOf(facts),
    testOwedUntil: debt === null || debt.paidAt !== null ? null : timeOf(debt.due),
    evidence: body.evidence.map(({ kind, hash }) => ({ kind, hash })),
  };
}

function riskOf({ state: { risk } }: DecisionFacts): Decision['risk'] {
  if (risk === null) return null;
  const { restarts, ...assessment } = risk.assessment;
  return { ...assessment, restarts: [...restarts], person: risk.signed.person };
}

function authenticityOf({ state: { authenticity } }: DecisionFacts): Decision['authenticity'] {
  if (authenticity?.kind !== 'verified') return null;
  const { files, report, at } = authenticity;
  return { files, report, at: timeOf(at) };
}

function trialOf({ state, row, trialHosts }: DecisionFacts): Decision['trial'] {
  const { verdict, accepted } = state.trial;
  // Whoever lets the ring be changed decides before there is a verdict.
  if (verdict === null || row.kind === 'test') return null;
  const { result, report, at } = verdict;
  return {
    ...{ result, report, at: timeOf(at) },
    hosts: trialHosts.map(({ reasons, ...host }) => ({ ...host, reasons: reasons.map(reasonBody) })),
    acceptedBy: accepted.map(({ person }) => person),
  };
}

function timeOf(instant: Instant): string {
  return new Date(instant).toISOString();
}
