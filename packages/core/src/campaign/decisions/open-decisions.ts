import { missingAuditors } from '../../7-documentation/index.ts';
import { type Hash, REASONS, type Reason, type Role, reasonOf, speaksFor } from '../../vocabulary/index.ts';
import type { CampaignEvent } from '../event.ts';
import { explain } from '../explain.ts';
import { quorumMissing } from '../guards/approval.ts';
import { approverRoles, productionOf } from '../guards/case.ts';
import { isEnd } from '../room-of.ts';
import type { CampaignState } from '../state.ts';
import { type ExplainContext, waitingFor } from '../waiting-for.ts';
import { type Decider, refusalOf, rolesAmong, signatureOf, unlessOthersMissing, withoutKey } from './decider.ts';
import { agreeAct, approveAct, planActs, type RollbackPlan, requestAct, signTest } from './plan-acts.ts';

export const DECISION_KINDS = [
  'assess-risk',
  'release-files',
  'sign-test',
  'accept-test',
  'cover-backups',
  'request-change',
  'agree-window',
  'approve',
  'resume',
  'request-rollback-plan',
  'approve-rollback',
  'audit',
] as const;
export type DecisionKind = (typeof DECISION_KINDS)[number];

/** Something that waits for people of whom the asked one is one, or would be. */
export interface OpenDecision {
  readonly kind: DecisionKind;
  /** The plan that it is about; null: about none. */
  readonly plan: Hash | null;
  /** What of the campaign it clears. */
  readonly waiting: Reason;
  /** As what it falls to them. */
  readonly as: readonly (Role | 'requester')[];
  /** The assets that it is about, where it is not about all of them. */
  readonly assets: readonly string[];
  /** null: theirs. Else why somebody else must decide. */
  readonly barred: Reason | null;
}

interface Asked {
  readonly state: CampaignState;
  readonly who: Decider;
  readonly context: ExplainContext & { readonly rollback: RollbackPlan | null };
}

/** What waits for this person's decision in a campaign, and what would if they were somebody else. // SOP P5.2, R1-R4 */
export function openDecisions(state: CampaignState, who: Decider, context: Asked['context']): readonly OpenDecision[] {
  if (isEnd(state.name)) return [];
  const asked = { state, who, context };
  return [
    assessRisk(asked),
    releaseFiles(asked),
    signsTest(asked),
    acceptTest(asked),
    coverBackups(asked),
    requestChange(asked),
    agreeWindow(asked),
    approve(asked),
    resume(asked),
    ...wayBack(asked),
    audit(asked),
  ].filter((decision) => decision !== null);
}

function assessRisk({ state, who }: Asked): OpenDecision | null {
  if (state.name !== 'identified' || state.risk !== null) return null;
  const as = rolesAmong(who, REASONS['risk-not-assessed']);
  const waiting = reasonOf('risk-not-assessed', state.title, state.due ?? undefined);
  return fallsTo('assess-risk', as, waiting, withoutKey(who));
}

function releaseFiles({ state, who, context }: Asked): OpenDecision | null {
  if (state.name !== 'quarantined') return null;
  const as = rolesAmong(who, REASONS.quarantined);
  const waiting = reasonOf('quarantined', state.title, state.due ?? undefined);
  const event = { kind: 'auth.released', signed: [signatureOf(who)] } as const;
  return fallsTo('release-files', as, waiting, whyNotTogether(state, event, who, context));
}

function signsTest({ state, who, context }: Asked): OpenDecision | null {
  const { trial, title, due } = state;
  const refused = signTest(state, who, context);
  if (trial.plan === null || trial.started !== null || isClosed(refused.barred)) return null;
  const as = rolesAmong(who, REASONS['test-not-started']);
  const waiting = reasonOf('test-not-started', title, due ?? undefined);
  return fallsTo('sign-test', as, waiting, refused.barred, { plan: trial.plan });
}

function acceptTest({ state, who, context }: Asked): OpenDecision | null {
  const { trial, title, due } = state;
  if (trial.verdict?.result !== 'inconclusive') return null;
  const event = { kind: 'test.accepted', signed: [signatureOf(who)] } as const;
  const barred = whyNotTogether(state, event, who, context);
  if (isClosed(barred)) return null;
  const as = rolesAmong(who, REASONS['test-inconclusive']);
  return fallsTo('accept-test', as, reasonOf('test-inconclusive', title, due ?? undefined), barred);
}

/** IT makes a backup, or the owner signs that it goes without. // SOP P4 */
function coverBackups({ state, who, context }: Asked): OpenDecision | null {
  const missing = explain(state, context).reasons.filter(({ code }) => WITHOUT_BACKUP.has(code));
  const [waiting] = missing;
  if (waiting === undefined) return null;
  const names = new Set(missing.map(({ subject }) => subject));
  const bare = productionOf(state).filter(({ name }) => names.has(name));
  const signed = signatureOf(who);
  const theirs = who.roles.includes('it') ? bare : bare.filter((asset) => speaksFor(signed, asset));
  const as = theirs.length === 0 ? [] : rolesAmong(who, ['it', 'owner']);
  const assets = theirs.map(({ assetId }) => assetId);
  return fallsTo('cover-backups', as, withTerm(waiting, state), null, { assets });
}

const WITHOUT_BACKUP: ReadonlySet<string> = new Set([
  'backup-missing',
  'backup-stale',
  'backup-of-other-host',
  'backup-too-small',
  'backup-integrity-unknown',
  'backup-integrity-stale',
  'waiver-expired',
]);

/** A vote that was taken back is made up for while the campaign stands still. */
const GATHERING: ReadonlySet<string> = new Set(['planned', 'paused']);

function requestChange({ state, who, context }: Asked): OpenDecision | null {
  const { name, plan, change, title, requester } = state;
  if (name !== 'planned' || plan === null || change !== null || who.person !== requester) return null;
  const waiting = reasonOf('change-not-requested', title, plan.firstStart);
  return fallsTo('request-change', ['requester'], waiting, requestAct(state, who, context).barred, {
    plan: plan.hash,
  });
}

function agreeWindow({ state, who, context }: Asked): OpenDecision | null {
  const { name, plan, title } = state;
  const agreement = GATHERING.has(name) ? agreeAct(state, who, context) : null;
  if (plan === null || agreement === null) return null;
  const waiting = reasonOf('window-not-agreed', title, plan.firstStart);
  const { assets, barred } = agreement;
  return fallsTo('agree-window', ['owner'], waiting, barred, { plan: plan.hash, assets });
}

function approve({ state, who, context }: Asked): OpenDecision | null {
  const { name, plan, requester } = state;
  if (!GATHERING.has(name) || plan === null) return null;
  const [waiting] = quorumMissing({
    ...{ state, next: state, event: { kind: 'notice.elapsed' }, by: 'system' },
    ...{ now: context.now, policy: context.policy },
  });
  if (waiting === undefined) return null;
  const roles = rolesAmong(who, approverRoles(state, context.policy));
  const { barred, needed } = approveAct(state, who, context);
  // A seat that others fill is nobody's decision any more.
  if (!needed && barred === null) return null;
  const as = roles.length === 0 && who.person === requester ? (['requester'] as const) : roles;
  return fallsTo('approve', as, waiting, barred, { plan: plan.hash });
}

function resume({ state, who, context }: Asked): OpenDecision | null {
  if (state.name !== 'paused' && state.name !== 'halted') return null;
  const [waiting] = waitingFor(state, context);
  if (waiting === undefined) return null;
  const as = rolesAmong(who, approverRoles(state, context.policy));
  const barred = refusalOf(state, { kind: 'resume', signed: signatureOf(who), why: '' }, context) ?? withoutKey(who);
  return fallsTo('resume', as, waiting, barred);
}

function wayBack({ state, who, context }: Asked): readonly (OpenDecision | null)[] {
  const { rollback } = context;
  if (state.name !== 'rolling-back' || rollback === null) return [];
  const waiting = reasonOf('rollback-running', state.title, rollback.notAfter);
  const about = { plan: rollback.plan };
  return planActs(state, 'rollback', who, context).map(({ act, barred, needed }) => {
    if (act === 'request') {
      return rollback.requested ? null : fallsTo('request-rollback-plan', ['requester'], waiting, barred, about);
    }
    if (!needed && (barred === null || barred.code === 'already-signed')) return null;
    const seats = rollback.rules.flatMap((rule) => rule.seats.flat());
    return fallsTo('approve-rollback', rolesAmong(who, seats), waiting, barred, about);
  });
}

function audit({ state, who, context }: Asked): OpenDecision | null {
  if (state.name !== 'audited') return null;
  const [waiting] = missingAuditors(state.title, state.audits);
  if (waiting === undefined) return null;
  const signed = state.audits.some(({ person }) => person === who.person);
  const as = rolesAmong(who, signed ? REASONS['audit-signature-missing'] : waiting.clearableBy);
  const event = { kind: 'audit.signed', signed: signatureOf(who), dispositions: [] } as const;
  const refused = refusalOf(state, event, context);
  // What became of the hosts that differ is part of what an audit says.
  const barred = refused?.code === 'disposition-missing' ? null : refused;
  const again = signed ? reasonOf('already-signed', who.person) : null;
  return fallsTo('audit', as, withTerm(waiting, state), again ?? barred ?? withoutKey(who));
}

/** Where others must say the same, a word said before waits for them. */
function whyNotTogether(state: CampaignState, event: CampaignEvent, who: Decider, context: ExplainContext) {
  if (who.said.includes(event.kind)) return reasonOf('already-signed', who.person);
  return unlessOthersMissing(refusalOf(state, event, context)) ?? withoutKey(who);
}

/** The campaign does not stand where this is asked at all. */
function isClosed(refused: Reason | null): boolean {
  return refused?.code === 'event-not-listed' || refused?.code === 'test-plan-missing';
}

function withTerm(reason: Reason, { due }: CampaignState): Reason {
  return reason.by === undefined && due !== null ? { ...reason, by: due } : reason;
}

function fallsTo(
  kind: DecisionKind,
  as: OpenDecision['as'],
  waiting: Reason,
  barred: Reason | null,
  about: Partial<Pick<OpenDecision, 'plan' | 'assets'>> = {},
): OpenDecision | null {
  return as.length === 0 ? null : { kind, plan: null, assets: [], waiting, as, barred, ...about };
}
