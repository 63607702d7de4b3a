import type { Lane } from '../vocabulary/index.ts';
import type { CampaignEventKind } from './event.ts';
import type { GuardName } from './guards/index.ts';
import { CAMPAIGN_STATES, type CampaignStateName } from './state-name.ts';

/** One line of the table: out of these states, on this event. The first line of a state and event whose `when` holds
 * is the one; then every guard in `need` must pass, or the event is refused with the reason of the first that does not. */
export interface Transition {
  readonly from: readonly (CampaignStateName | 'nothing')[];
  readonly on: CampaignEventKind;
  /** `same`: it stays where it is. `back`: to the state that a pause or halt interrupted. */
  readonly to: CampaignStateName | 'same' | 'back';
  readonly when?: readonly GuardName[];
  readonly need?: readonly GuardName[];
  /** Without it: every lane. */
  readonly lanes?: readonly Lane[];
}

/** Not over yet. */
const OPEN = CAMPAIGN_STATES;
/** A plan is there and production untouched by it. */
const PLANNED = ['planned', 'approved', 'scheduled'] as const;
const STOPPED = ['paused', 'halted'] as const;
const BEFORE_PLAN = ['identified', 'evaluated', 'quarantined', 'authentic', 'tested', 'backed-up'] as const;
/** Production may still be untouched; the guard `nothing-deployed` says whether it is. */
const MAYBE_UNTOUCHED = [...BEFORE_PLAN, 'replanning', ...PLANNED, ...STOPPED] as const;
/** A lane or its due time changes in place: no plan stands, or its work is being done or stands still. */
const LANE_IN_PLACE = [
  'evaluated',
  'quarantined',
  'authentic',
  'tested',
  'backed-up',
  'replanning',
  ...STOPPED,
  'deploying',
  'rolling-back',
  'monitoring',
  'audited',
] as const;
/** An owed test may be made up for from here on. // decided 12: test debt */
const OWING = ['tested', 'backed-up', ...PLANNED, 'deploying', 'monitoring', 'audited'] as const;
const VOTE = [
  'plan-current',
  'plan-in-force',
  'change-requested',
  'requester-never-approves',
  'approver-of-the-lane',
  'signs-once',
] as const;
const RESUME = ['resumed-by-approver', 'resumed-not-by-requester'] as const;
const OPEN_WAVE = [
  'wave-is-next',
  'wave-in-scope',
  'plan-in-force',
  'first-start-reached',
  'quorum-still-there',
  'every-asset-backed-up',
] as const;
const CLOSE_WAVE = ['wave-is-open', 'wave-adds-up', 'wave-under-limit', 'wave-proved-itself'] as const;
const SOAK = ['soak-over'] as const;
const AUDIT = ['auditor-role'] as const;

/** Steps 1 and 2. */
const EVALUATION: readonly Transition[] = [
  { from: ['nothing'], on: 'update.seen', to: 'identified', need: ['requester-named'] },
  { from: OPEN, on: 'update.revised', to: 'same' },
  { from: ['identified'], on: 'scope.computed', to: 'not-applicable', when: ['scope-empty'] },
  { from: ['identified'], on: 'scope.computed', to: 'evaluated', when: ['evaluation-complete'] },
  { from: ['identified'], on: 'scope.computed', to: 'same' },
  {
    from: ['identified'],
    on: 'lane.proposed',
    to: 'evaluated',
    when: ['evaluation-complete'],
    need: ['lane-not-lowered'],
  },
  { from: ['identified', ...LANE_IN_PLACE], on: 'lane.proposed', to: 'same', need: ['lane-not-lowered'] },
  { from: PLANNED, on: 'lane.proposed', to: 'replanning', when: ['lane-changes'], need: ['lane-not-lowered'] },
  { from: PLANNED, on: 'lane.proposed', to: 'same', need: ['lane-not-lowered'] },
  {
    from: ['identified'],
    on: 'lane.set',
    to: 'evaluated',
    when: ['evaluation-complete'],
    need: ['lane-change-signed'],
  },
  { from: ['identified', ...LANE_IN_PLACE], on: 'lane.set', to: 'same', need: ['lane-change-signed'] },
  { from: PLANNED, on: 'lane.set', to: 'replanning', when: ['lane-changes'], need: ['lane-change-signed'] },
  { from: PLANNED, on: 'lane.set', to: 'same', need: ['lane-change-signed'] },
  { from: ['identified'], on: 'risk.assessed', to: 'evaluated', when: ['evaluation-complete'], need: ['risk-signed'] },
  { from: BEFORE_PLAN, on: 'risk.assessed', to: 'same', need: ['risk-signed'] },
];

/** Steps 3 and 4. */
const TESTING: readonly Transition[] = [
  { from: ['evaluated'], on: 'auth.verified', to: 'authentic' },
  { from: ['evaluated', 'authentic', 'tested', 'backed-up', ...PLANNED], on: 'auth.failed', to: 'quarantined' },
  {
    from: ['quarantined'],
    on: 'auth.released',
    to: 'evaluated',
    need: ['mismatch-never-released', 'released-by-two-of-security'],
  },
  { from: ['authentic'], on: 'plan.compiled', to: 'same', when: ['plan-for-test'], need: ['plan-never-seen'] },
  {
    from: OWING,
    on: 'plan.compiled',
    to: 'same',
    when: ['plan-for-test'],
    need: ['plan-never-seen', 'test-debt-open'],
  },
  { from: ['authentic'], on: 'test.started', to: 'same', need: ['test-plan-current', 'test-signed-by-it'] },
  { from: OWING, on: 'test.started', to: 'same', need: ['test-plan-current', 'test-signed-by-it', 'test-debt-open'] },
  { from: ['authentic'], on: 'test.verdict', to: 'tested', when: ['test-passed'], need: ['test-was-started'] },
  { from: ['authentic'], on: 'test.verdict', to: 'same', need: ['test-was-started'] },
  {
    from: ['tested', 'backed-up', ...PLANNED],
    on: 'test.verdict',
    to: 'authentic',
    when: ['test-failed'],
    need: ['test-debt-open', 'test-was-started'],
  },
  {
    from: ['deploying'],
    on: 'test.verdict',
    to: 'paused',
    when: ['test-failed'],
    need: ['test-debt-open', 'test-was-started'],
  },
  { from: OWING, on: 'test.verdict', to: 'same', need: ['test-debt-open', 'test-was-started'] },
  {
    from: ['authentic'],
    on: 'test.accepted',
    to: 'tested',
    need: ['only-inconclusive-accepted', 'accepted-by-it-and-owner'],
  },
  {
    from: OWING,
    on: 'test.accepted',
    to: 'same',
    need: ['test-debt-open', 'only-inconclusive-accepted', 'accepted-by-it-and-owner'],
  },
  {
    from: ['authentic'],
    on: 'test.deferred',
    to: 'tested',
    need: ['deferred-by-security', 'deferred-for-a-time'],
    lanes: ['emergency'],
  },
  {
    from: ['tested'],
    on: 'backup.checked',
    to: 'backed-up',
    when: ['backup-nothing-missing'],
    need: ['every-asset-backed-up'],
  },
  { from: ['tested', 'backed-up', ...PLANNED, 'replanning', 'deploying'], on: 'backup.checked', to: 'same' },
  {
    from: [...BEFORE_PLAN, 'replanning', ...PLANNED, 'deploying', 'paused'],
    on: 'waiver.signed',
    to: 'same',
    need: ['waiver-by-owner', 'expiry-ahead'],
  },
];

/** Step 5. */
const APPROVAL: readonly Transition[] = [
  {
    from: ['backed-up', 'replanning'],
    on: 'plan.compiled',
    to: 'planned',
    when: ['plan-for-production'],
    need: ['plan-never-seen', 'plan-in-force'],
  },
  { from: [...PLANNED, 'replanning'], on: 'plan.stale', to: 'replanning' },
  { from: STOPPED, on: 'plan.stale', to: 'same' },
  { from: PLANNED, on: 'plan.superseded', to: 'replanning' },
  { from: ['planned'], on: 'change.requested', to: 'same', need: ['plan-current', 'plan-in-force', 'requester-signs'] },
  {
    from: ['planned'],
    on: 'window.agreed',
    to: 'approved',
    when: ['windows-agreed', 'quorum-reached'],
    need: ['plan-current', 'plan-in-force', 'owner-agrees'],
  },
  {
    from: ['planned', 'paused'],
    on: 'window.agreed',
    to: 'same',
    need: ['plan-current', 'plan-in-force', 'owner-agrees'],
  },
  { from: ['planned'], on: 'approval.signed', to: 'approved', when: ['quorum-reached', 'windows-agreed'], need: VOTE },
  { from: [...PLANNED, 'paused'], on: 'approval.signed', to: 'same', need: VOTE },
  {
    from: PLANNED,
    on: 'approval.refused',
    to: 'rejected',
    need: ['plan-current', 'requester-never-approves', 'approver-of-the-lane'],
  },
  { from: ['planned', ...STOPPED], on: 'approval.revoked', to: 'same', need: ['plan-current', 'own-signature'] },
  {
    from: ['approved', 'scheduled', 'deploying'],
    on: 'approval.revoked',
    to: 'paused',
    need: ['plan-current', 'own-signature'],
  },
  { from: ['planned', 'approved'], on: 'notice.sent', to: 'same', need: ['notice-long-enough'] },
  { from: ['approved'], on: 'notice.elapsed', to: 'scheduled', need: ['notice-over'] },
  {
    from: MAYBE_UNTOUCHED,
    on: 'risk.accepted',
    to: 'risk-accepted',
    need: ['nothing-deployed', 'risk-accepted-by-owner-and-security', 'expiry-ahead'],
  },
  {
    from: ['mitigated'],
    on: 'risk.accepted',
    to: 'risk-accepted',
    need: ['risk-accepted-by-owner-and-security', 'expiry-ahead'],
  },
  { from: ['risk-accepted'], on: 'risk.expired', to: 'identified', need: ['term-over'] },
  {
    from: ['evaluated', 'authentic'],
    on: 'mitigation.applied',
    to: 'mitigated',
    need: ['nothing-deployed', 'mitigation-approved', 'expiry-ahead', 'mitigation-for-a-time'],
    lanes: ['mitigation'],
  },
  { from: ['mitigated'], on: 'mitigation.expired', to: 'identified', need: ['term-over'] },
];

/** Step 6. */
const DEPLOYMENT: readonly Transition[] = [
  { from: ['scheduled'], on: 'wave.opened', to: 'deploying', need: OPEN_WAVE },
  { from: ['deploying'], on: 'wave.opened', to: 'same', need: OPEN_WAVE },
  { from: ['deploying'], on: 'wave.closed', to: 'monitoring', when: ['last-wave'], need: CLOSE_WAVE },
  { from: ['deploying'], on: 'wave.closed', to: 'same', need: CLOSE_WAVE },
  // What was under way when people stopped it comes to its end; after the last wave nothing is left to sign for.
  { from: STOPPED, on: 'wave.closed', to: 'same', when: ['last-wave'], need: CLOSE_WAVE },
  { from: STOPPED, on: 'resume', to: 'monitoring', when: ['plan-carried-out'], need: RESUME },
  // What its hosts have, and nobody has to do, needs no plan: it is watched like the end of a last wave.
  { from: ['backed-up', 'replanning'], on: 'deployment.done', to: 'monitoring', need: ['plan-was-carried'] },
  { from: ['deploying', 'monitoring'], on: 'limit.hit', to: 'paused' },
  { from: OPEN, on: 'invariant.broken', to: 'halted' },
  { from: OPEN.filter((name) => name !== 'halted'), on: 'halt', to: 'halted' },
  { from: STOPPED, on: 'resume', to: 'replanning', when: ['replanning-needed'], need: RESUME },
  { from: STOPPED, on: 'resume', to: 'back', need: [...RESUME, 'quorum-still-there'] },
  {
    from: ['deploying', ...STOPPED, 'monitoring'],
    on: 'rollback.requested',
    to: 'rolling-back',
    need: ['something-deployed', 'rollback-by-approver'],
  },
  {
    from: ['deploying', ...STOPPED, 'monitoring', 'rolling-back'],
    on: 'plan.compiled',
    to: 'same',
    when: ['plan-for-rollback'],
    need: ['plan-never-seen'],
  },
  { from: ['rolling-back'], on: 'rollback.completed', to: 'rolled-back', when: ['rollback-whole'] },
  { from: ['rolling-back'], on: 'rollback.completed', to: 'paused' },
  {
    from: ['deploying', ...STOPPED, 'replanning', 'rolling-back', 'monitoring'],
    on: 'host.declared',
    to: 'same',
    need: ['declared-in-scope', 'declared-by-it-or-owner'],
  },
  {
    from: ['deploying', 'paused', 'monitoring'],
    on: 'campaign.withdrawn',
    to: 'halted',
    when: ['vendor-withdrew', 'something-deployed'],
  },
  { from: MAYBE_UNTOUCHED, on: 'campaign.withdrawn', to: 'withdrawn', need: ['nothing-deployed'] },
  { from: MAYBE_UNTOUCHED, on: 'campaign.superseded', to: 'superseded', need: ['nothing-deployed'] },
  { from: ['mitigated', 'risk-accepted'], on: 'campaign.superseded', to: 'superseded' },
];

/** Step 7, and what may be said at any time. */
const DOCUMENTATION: readonly Transition[] = [
  { from: ['monitoring'], on: 'soak.verdict', to: 'paused', when: ['soak-failed'] },
  { from: ['monitoring'], on: 'soak.verdict', to: 'audited', when: ['monitoring-complete'], need: SOAK },
  { from: ['monitoring'], on: 'soak.verdict', to: 'same', need: SOAK },
  { from: ['monitoring'], on: 'rescan.done', to: 'audited', when: ['monitoring-complete'] },
  { from: ['monitoring', 'audited'], on: 'rescan.done', to: 'same' },
  {
    from: ['audited'],
    on: 'audit.signed',
    to: 'completed',
    when: ['audited-by-it-and-security', 'without-exceptions'],
    need: [...AUDIT, 'test-debt-paid'],
  },
  {
    from: ['audited'],
    on: 'audit.signed',
    to: 'completed-with-exceptions',
    when: ['audited-by-it-and-security'],
    need: [...AUDIT, 'discrepancies-explained', 'test-debt-paid'],
  },
  { from: ['audited'], on: 'audit.signed', to: 'same', need: AUDIT },
  {
    from: OPEN.filter((name) => name !== 'identified'),
    on: 'exception.signed',
    to: 'same',
    need: ['risk-accepted-by-owner-and-security', 'expiry-ahead'],
  },
  { from: OPEN, on: 'verdict.recorded', to: 'same' },
  { from: PLANNED, on: 'timer.fired', to: 'replanning', when: ['authority-over'] },
  { from: ['deploying'], on: 'timer.fired', to: 'paused', when: ['authority-over'] },
  { from: OPEN, on: 'timer.fired', to: 'same' },
];

/** From, event, guard, to. What is not in here cannot happen. // decided 12, rollout-and-trust §2.2 */
export const CAMPAIGN_TABLE: readonly Transition[] = [
  ...EVALUATION,
  ...TESTING,
  ...APPROVAL,
  ...DEPLOYMENT,
  ...DOCUMENTATION,
];
