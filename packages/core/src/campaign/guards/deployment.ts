import { limitReached } from '../../6-deployment/index.ts';
import { reasonOf } from '../../vocabulary/index.ts';
import type { CampaignState } from '../state.ts';
import type { CampaignStateName } from '../state-name.ts';
import { quorumMissing } from './approval.ts';
import { type Case, differentPeople, type Guard, isApprover, laneOf, signersOf, unless } from './case.ts';

/** States that rest on the signatures of the current plan. */
const NEEDS_QUORUM: ReadonlySet<CampaignStateName> = new Set(['approved', 'scheduled', 'deploying']);
/** States in which the current plan still has work to do. */
const NEEDS_PLAN: ReadonlySet<CampaignStateName> = new Set(['planned', ...NEEDS_QUORUM]);

/** Steps 6 and 7: waves in their order, stops that hold, an audit that explains what is left. // SOP P6 P7 */
export const DEPLOYMENT_GUARDS = {
  'wave-is-next': ({ event, state }) => {
    const { waves } = state;
    const inOrder =
      event.kind === 'wave.opened' && event.wave === waves.length + 1 && waves.every(({ closed }) => closed !== null);
    return unless(inOrder && waves.length < (state.plan?.waves ?? 0), 'wave-not-open', waveOf(event));
  },
  'wave-in-scope': ({ event, state }) => {
    if (event.kind !== 'wave.opened') return null;
    const earlier = new Set(state.waves.flatMap(({ assets }) => assets));
    const known = new Set(state.assets.map(({ assetId }) => assetId));
    const wrong = event.assets.find((assetId) => earlier.has(assetId) || !known.has(assetId));
    if (wrong !== undefined) return reasonOf('not-in-scope', wrong);
    return unless(event.assets.length > 0, 'not-in-scope', `an empty wave ${event.wave}`);
  },
  'first-start-reached': ({ state: { plan, title }, now }) =>
    unless(plan !== null && now >= plan.firstStart, 'window-not-open', title, plan?.firstStart),
  'wave-is-open': ({ event, state }) =>
    unless(
      event.kind === 'wave.closed' && state.waves.some(({ wave, closed }) => wave === event.wave && closed === null),
      'wave-not-open',
      waveOf(event),
    ),
  'wave-adds-up': ({ event, state }) => {
    if (event.kind !== 'wave.closed') return null;
    const hosts = state.waves.find(({ wave }) => wave === event.wave)?.assets.length ?? 0;
    const right = event.succeeded >= 0 && event.failed >= 0 && event.succeeded + event.failed <= hosts;
    return unless(right, 'not-in-scope', `more hosts than wave ${event.wave} has`);
  },
  'wave-under-limit': (given) => {
    const { event, state } = given;
    if (event.kind !== 'wave.closed' || lookedAt(state, event.wave)) return null;
    const attempted = event.succeeded + event.failed;
    const over = limitReached({ attempted, failed: event.failed }, laneOf(given).pauseLimit);
    return unless(!over, 'failure-limit', `${event.failed} of ${attempted} in wave ${event.wave}`);
  },
  'wave-proved-itself': ({ event, state }) =>
    unless(
      event.kind === 'wave.closed' && (event.succeeded > 0 || lookedAt(state, event.wave)),
      'wave-without-success',
      waveOf(event),
    ),
  'last-wave': ({ event, state }) =>
    unless(event.kind === 'wave.closed' && event.wave === state.plan?.waves, 'wave-running', state.title),
  'plan-carried-out': ({ state }) => {
    const { plan, waves, title } = state;
    const done = plan !== null && waves.length === plan.waves && waves.every(({ closed }) => closed !== null);
    return unless(done && returnsTo(state) === 'deploying', 'wave-running', title);
  },
  'plan-was-carried': ({ state: { carried, title } }) =>
    unless(carried !== null && carried !== undefined, 'nothing-deployed', title),
  'quorum-still-there': (given) => {
    const { state } = given;
    const rests = given.event.kind !== 'resume' || NEEDS_QUORUM.has(returnsTo(state));
    return rests ? (quorumMissing(given)[0] ?? null) : null;
  },
  'resumed-by-approver': ({ event, state, policy }) =>
    unless(
      signersOf(event).some((one) => isApprover(one, state, policy)),
      'signer-lacks-role',
      `an approver of ${state.title}`,
    ),
  'resumed-not-by-requester': ({ event, state }) =>
    unless(
      signersOf(event).every(({ person }) => person !== state.requester),
      'requester-never-approves',
      state.requester,
    ),
  'replanning-needed': ({ state, now }) => {
    const { plan, outdatedBy, title } = state;
    const stale = plan !== null && (outdatedBy.length > 0 || now >= plan.notAfter);
    return unless(stale && NEEDS_PLAN.has(returnsTo(state)), 'plan-not-current', title);
  },
  'rollback-by-approver': ({ event, state, policy }) =>
    unless(
      signersOf(event).some((one) => one.person !== state.requester && isApprover(one, state, policy)),
      'signer-lacks-role',
      `an approver of ${state.title} who did not request it`,
    ),
  'something-deployed': ({ state }) => unless(state.deployed, 'nothing-deployed', state.title),
  'nothing-deployed': ({ state }) => unless(!state.deployed, 'already-deployed', state.title),
  'vendor-withdrew': ({ event, state }) =>
    unless(event.kind === 'campaign.withdrawn' && event.vendor, 'already-deployed', state.title),
  'authority-over': ({ event, state: { plan, title }, now }) => {
    const over = event.kind === 'timer.fired' && event.timer === 'authority-over' && plan !== null;
    return unless(over && now >= plan.notAfter, 'too-early', title);
  },
  'rollback-whole': ({ event, state }) =>
    unless(event.kind === 'rollback.completed' && event.failed.length === 0, 'rollback-failed', state.title),
  'declared-in-scope': ({ event, state }) =>
    unless(
      event.kind === 'host.declared' && state.assets.some(({ assetId }) => assetId === event.assetId),
      'not-in-scope',
      event.kind === 'host.declared' ? event.assetId : event.kind,
    ),
  'declared-by-it-or-owner': ({ event }) =>
    unless(
      signersOf(event).some(({ roles }) => roles.includes('it') || roles.includes('owner')),
      'signer-lacks-role',
      'it or owner',
    ),
  'soak-failed': ({ event, state }) =>
    unless(event.kind === 'soak.verdict' && event.result === 'fail', 'soak-running', state.title),
  'soak-over': (given) => {
    const { event, state, now } = given;
    if (event.kind !== 'soak.verdict' || event.result === 'fail') return null;
    const ends = soakEnds(state, laneOf(given).soakMs);
    return unless(now >= ends, 'soak-running', state.title, ends);
  },
  'monitoring-complete': ({ next: { soak, rescan, title } }) => {
    if (rescan === null) return reasonOf('rescan-missing', title);
    return unless(soak?.result === 'pass', 'soak-running', title);
  },
  'auditor-role': ({ event }) =>
    unless(
      signersOf(event).some(({ roles }) => roles.includes('it') || roles.includes('security')),
      'signer-lacks-role',
      'it or security',
    ),
  'audited-by-it-and-security': ({ next }) =>
    unless(differentPeople(next.audits, ['it', 'security']), 'audit-signature-missing', next.title),
  'discrepancies-explained': ({ next, now }) => {
    const [first] = unexplained(next, now);
    return first === undefined ? null : reasonOf('disposition-missing', first);
  },
  'without-exceptions': ({ next }) => unless(discrepancies(next).length === 0, 'disposition-missing', next.title),
} as const satisfies Record<string, Guard>;

/** Where a resumed campaign goes on. */
export function returnsTo(state: CampaignState): CampaignStateName {
  return (state.name === 'halted' ? state.halt : state.pause)?.returnTo ?? 'replanning';
}

/** The last wave ended then, and is watched from then on. // SOP P6.3 */
export function soakEnds(state: CampaignState, soakMs: number): number {
  const closings = state.waves.map(({ closed, openedAt }) => closed?.at ?? openedAt);
  return Math.max(...closings, 0) + soakMs;
}

/** Assets for which the record has to say more than "done": the audit must. // SOP P7.1, checklist c22 */
export function discrepancies({ rescan, plan, waves, declared }: CampaignState): string[] {
  const reached = new Set(waves.flatMap(({ assets }) => assets));
  const unreached = (plan?.infeasible ?? []).filter((assetId) => !reached.has(assetId));
  return [...new Set([...(rescan?.remaining ?? []), ...unreached, ...declared.map(({ assetId }) => assetId)])];
}

export function unexplained(state: CampaignState, now: number): string[] {
  const explained = new Set([
    ...state.dispositions.filter(({ text }) => text.trim() !== '').map(({ assetId }) => assetId),
    ...state.exceptions.filter(({ expiresAt }) => expiresAt > now).map(({ assetId }) => assetId),
  ]);
  return discrepancies(state).filter((assetId) => !explained.has(assetId));
}

/** An approver resumed the campaign since this wave was opened, and so took its failures on themselves. // §2.8 S6 */
function lookedAt({ waves, resumedAt }: CampaignState, number: number): boolean {
  const openedAt = waves.find(({ wave }) => wave === number)?.openedAt;
  return openedAt !== undefined && resumedAt !== null && resumedAt >= openedAt;
}

function waveOf(event: Case['event']): string {
  return 'wave' in event ? String(event.wave) : event.kind;
}
