import type { Decision } from '@patchsteward/contract';
import { assetsNotAgreed, decideApproval, missingVotes } from '@patchsteward/core/5-approval';
import { type CampaignState, criticalityOf, isEnd, productionOf } from '@patchsteward/core/campaign';
import { type ApprovalRule, seating } from '@patchsteward/core/policy';
import { type Instant, type Reason, type Role, reasonOf, type SignedBy } from '@patchsteward/core/vocabulary';
import type { SignatureRow } from '../../5-approval/plan-store.ts';
import { rollbackOf, votesOf } from './decider.ts';
import type { DecisionFacts } from './decision-facts.ts';

type Person = Decision['requester'];

/** As the trust root calls them; whoever left it keeps their login. */
export function nameOf({ asker: { root } }: DecisionFacts, login: string): Person {
  return { login, name: root?.people.find((person) => person.login === login)?.name ?? login };
}

/** The rules that the votes under this plan must meet, each by itself. // rollout §3.3 */
function rulesOf({ row, state, policy, asker, signatures }: DecisionFacts): readonly ApprovalRule[] {
  if (row.kind === 'production') return [policy.lanes[row.lane].approvals[criticalityOf(state)]];
  if (row.kind === 'test' || asker.root === null) return [];
  return rollbackOf(row, signatures, asker.root).rules;
}

/** Of the plan that waits now the campaign counts: a vote that was taken back is none. */
function votesNow({ row, state, signatures }: DecisionFacts): readonly SignedBy[] {
  return row.plan === state.plan?.hash ? state.votes : votesOf(row, signatures);
}

export function signaturesShown(facts: DecisionFacts): Decision['signatures'] {
  const votes = new Set(votesNow(facts).map(({ person }) => person));
  return facts.signatures
    .filter(({ intent, person }) => intent !== 'approve' || votes.has(person))
    .map((signature) => signatureBody(facts, signature));
}

function signatureBody(facts: DecisionFacts, { person, roles, keyClass, intent, at }: SignatureRow) {
  return { ...nameOf(facts, person), roles: [...roles], keyClass, intent, at: new Date(at).toISOString() };
}

/** Who sits on which seat, and who of the trust root could sit on the empty ones. // SOP P5.2 */
export function seatsOf(facts: DecisionFacts): Pick<Decision, 'seats' | 'cliSignatures'> {
  const { row } = facts;
  const rules = rulesOf(facts);
  const counted = votesNow(facts).filter(({ person }) => person !== row.requester);
  const onTheCommandLine = new Set(counted.filter(({ keyClass }) => keyClass === 'cli').map(({ person }) => person));
  const wanted = Math.max(0, ...rules.map(({ cliSignatures }) => cliSignatures));
  const taken = rules.flatMap(({ seats }) => seating(counted, seats));
  const sitting = new Set(taken.map(({ person }) => person));
  return {
    cliSignatures: { wanted, given: onTheCommandLine.size },
    seats: taken.map(({ seat, person }) => ({
      roles: [...seat],
      filledBy: person === null ? null : nameOf(facts, person),
      couldFill: person === null ? holdersOf(facts, seat).filter(({ login }) => !sitting.has(login)) : [],
    })),
  };
}

function holdersOf({ asker: { root }, row }: DecisionFacts, seat: readonly Role[]): Person[] {
  const people = root?.people ?? [];
  return people
    .filter(({ login, roles }) => login !== row.requester && roles.some((role) => seat.some((one) => one === role)))
    .map(({ login, name }) => ({ login, name }));
}

/** By owner: how many of their hosts are in it, and of how many they agreed to the window. // SOP R2 P6.1 */
export function agreementsOf(state: CampaignState): Decision['agreements'] {
  const open = new Set(assetsNotAgreed(productionOf(state), state.windows).map(({ assetId }) => assetId));
  const owners = Map.groupBy(productionOf(state), ({ owner }) => owner);
  return [...owners]
    .sort(([one], [other]) => ((one ?? '') < (other ?? '') ? -1 : 1))
    .map(([owner, assets]) => ({
      owner,
      hosts: assets.length,
      agreed: assets.filter(({ assetId }) => !open.has(assetId)).length,
    }));
}

/** What keeps this plan from being carried out, as far as people are concerned. */
export function missingOf(facts: DecisionFacts, now: Instant): readonly Reason[] {
  const { row, state, signatures, asker } = facts;
  const { title, requester } = state;
  if (row.kind === 'test')
    return state.trial.started === null ? [reasonOf('test-not-started', title, row.notAfter)] : [];
  if (row.kind === 'rollback') {
    if (asker.root === null) return [reasonOf('no-trust-root', title)];
    const { requested, votes, rules } = rollbackOf(row, signatures, asker.root);
    const missing = rules.flatMap((rule) => missingVotes({ subject: title, requester, votes }, rule, row.notAfter));
    return [...(requested ? [] : [reasonOf('change-not-requested', title, row.notAfter)]), ...missing];
  }
  const [rule] = rulesOf(facts);
  if (row.plan !== state.plan?.hash || rule === undefined) return [];
  const verdict = decideApproval(
    {
      subject: title,
      plan: state.plan,
      changeRequested: state.change !== null,
      requester,
      assets: productionOf(state),
      agreements: state.windows,
      votes: state.votes,
    },
    rule,
    now,
  );
  if (verdict.kind === 'proceed') return [];
  return verdict.kind === 'wait' ? verdict.waitingOn : verdict.blockedBy;
}

/** Where the plan stands with people. */
export function standingOf(
  { row, state }: DecisionFacts,
  missing: readonly Reason[],
  now: Instant,
): Decision['standing'] {
  const current = [state.plan?.hash, state.trial.plan, state.rollbackPlan].includes(row.plan);
  if (row.supersededBy !== null || !current) return 'replaced';
  if (state.name === 'rejected' && row.kind === 'production') return 'refused';
  if (missing.length === 0) return 'decided';
  if (now >= row.notAfter) return 'expired';
  return isEnd(state.name) ? 'replaced' : 'open';
}
