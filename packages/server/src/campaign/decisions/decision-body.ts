import type { Decision } from '@patchsteward/contract';
import { type PlanAct, planActs, productionOf } from '@patchsteward/core/campaign';
import type { Instant, Reason } from '@patchsteward/core/vocabulary';
import { planPhrase } from '@patchsteward/trust/phrase';
import { reasonBody } from '../../platform/http/reason-body.ts';
import { commandOfAct } from './command-lines.ts';
import { deciderOf, rollbackOf } from './decider.ts';
import { evidenceOf } from './decision-evidence.ts';
import type { DecisionFacts } from './decision-facts.ts';
import { hostsOf, leftOutOf, transactionsOf, wavesOf } from './decision-hosts.ts';
import { agreementsOf, missingOf, nameOf, seatsOf, signaturesShown, standingOf } from './decision-people.ts';
import { rootless } from './inbox.ts';

/** Everything on one page: what, where, when, on what evidence, who signed, who may, and what whoever asks may do. */
export function decisionBody(facts: DecisionFacts, now: Instant): Decision {
  const { row, body, state, vulnerabilities } = facts;
  const missing = missingOf(facts, now);
  return {
    plan: row.plan,
    phrase: planPhrase(row.plan),
    kind: row.kind,
    lane: row.lane,
    criticality: body.criticality,
    campaign: campaignOf(facts, now),
    standing: standingOf(facts, missing, now),
    requester: nameOf(facts, row.requester),
    change: changeOf(facts),
    compiledAt: timeOf(row.compiledAt),
    firstStart: timeOf(body.summary.firstStart),
    lastEnd: timeOf(body.summary.lastEnd),
    notAfter: timeOf(row.notAfter),
    askedAgainAt: askedAgainAt(facts),
    supersededBy: row.supersededBy,
    vulnerabilities: [...vulnerabilities],
    transactions: transactionsOf(facts),
    hosts: hostsOf(facts),
    leftOut: leftOutOf(facts),
    waves: wavesOf(facts),
    ...evidenceOf(facts),
    signatures: signaturesShown(facts),
    ...seatsOf(facts),
    agreements: row.kind === 'production' ? agreementsOf(state) : [],
    refused: refusalOf(facts),
    missing: missing.map(reasonBody),
    you: youOf(facts, now),
  };
}

function campaignOf({ state }: DecisionFacts, now: Instant): Decision['campaign'] {
  const { id, title, name, due, releasedAt, assets } = state;
  return {
    ...{ id, title, state: name, due: due === null ? null : timeOf(due) },
    late: due !== null && due < now,
    releasedAt: timeOf(releasedAt),
    hosts: assets.length,
    testHosts: assets.length - productionOf(state).length,
  };
}

/** Of the production plan the campaign has the words; of the others the signature has. */
function changeOf({ row, state, signatures }: DecisionFacts): Decision['change'] {
  const { change, plan } = state;
  if (row.kind === 'production' && row.plan === plan?.hash) {
    return change === null ? null : { person: change.signed.person, why: change.why, at: timeOf(change.at) };
  }
  const request = signatures.find(({ intent }) => intent === 'request');
  return request === undefined ? null : { person: request.person, why: request.why ?? '', at: timeOf(request.at) };
}

/** Where nobody answers, the next in line are told; only the plan that waits now is asked about again. */
function askedAgainAt({ row, state, policy }: DecisionFacts): string | null {
  if (state.name !== 'planned' || row.plan !== state.plan?.hash || state.change === null) return null;
  const asked = Math.max(state.change.at, state.since);
  return timeOf(asked + policy.lanes[row.lane].approvalAskMs);
}

function refusalOf({ refusedBy, state, row }: DecisionFacts): Decision['refused'] {
  if (refusedBy === null || state.name !== 'rejected' || row.plan !== state.plan?.hash) return null;
  return { person: refusedBy.person, why: state.end?.why ?? '', at: timeOf(refusedBy.at) };
}

function youOf(facts: DecisionFacts, now: Instant): Decision['you'] {
  const { row, state, asker, policy, signatures } = facts;
  const { login, roles, keyClasses, root } = asker;
  const rollback = root === null || row.kind !== 'rollback' ? null : rollbackOf(row, signatures, root);
  const current = [state.plan?.hash, state.trial.plan, state.rollbackPlan].includes(row.plan);
  const context = { now, policy, rollback };
  const acts = login === null || !current ? [] : planActs(state, row.kind, deciderOf(asker, state), context);
  return {
    ...{ login, roles: [...roles], keyClasses: [...keyClasses] },
    acts: acts.map((act) => actBody(act, facts)),
  };
}

function actBody({ act, barred, needed, assets, after }: PlanAct, { asker, row }: DecisionFacts) {
  const bodies = (reasons: readonly Reason[]) => reasons.map(reasonBody);
  return {
    act,
    barred: barred === null ? null : reasonBody(rootless(barred, asker.root !== null)),
    needed,
    assets: [...assets],
    afterConsole: after === null ? null : bodies(after.console),
    afterCli: after === null ? null : bodies(after.cli),
    command: commandOfAct(act, { campaign: row.campaign, plan: row.plan }),
  };
}

function timeOf(instant: Instant): string {
  return new Date(instant).toISOString();
}
