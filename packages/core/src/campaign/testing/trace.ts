import {
  CRITICALITIES,
  type Hash,
  type Lane,
  type Role,
  type ScopedAsset,
  type SignedBy,
} from '../../vocabulary/index.ts';
import type { CampaignEvent, CampaignEventKind, EventOf } from '../event.ts';
import type { Recorded } from '../state.ts';
import { POLICY } from './world.ts';

export type Trace = readonly Recorded[];
export interface Told<K extends CampaignEventKind> {
  readonly event: EventOf<K>;
  readonly at: number;
  readonly index: number;
}

/** Every event of a kind, in order. */
export function told<K extends CampaignEventKind>(trace: Trace, kind: K): Told<K>[] {
  return trace.flatMap(({ event, at }, index) => (isKind(event, kind) ? [{ event, at, index }] : []));
}

export function isKind<K extends CampaignEventKind>(event: CampaignEvent, kind: K): event is EventOf<K> {
  return event.kind === kind;
}

export function requesterOf(trace: Trace): string {
  return told(trace, 'update.seen')[0]?.event.requester ?? '';
}

export function laneOf(trace: Trace): Lane {
  return lanesOf(trace).at(-1)?.lane ?? 'critical';
}

export function lanesOf(trace: Trace): { lane: Lane; due: number; index: number }[] {
  return [...told(trace, 'lane.proposed'), ...told(trace, 'lane.set')]
    .map(({ event, index }) => ({ lane: event.lane, due: event.due, index }))
    .toSorted((a, b) => a.index - b.index);
}

export function productionOf(trace: Trace): ScopedAsset[] {
  const assets = told(trace, 'scope.computed').at(-1)?.event.assets ?? [];
  return assets.filter(({ environment }) => environment === 'production' || environment === 'unknown');
}

export function ruleOf(trace: Trace) {
  const highest = Math.max(0, ...productionOf(trace).map(({ criticality }) => CRITICALITIES.indexOf(criticality)));
  return POLICY.lanes[laneOf(trace)].approvals[CRITICALITIES[highest] ?? 'low'];
}

/** By trying every way of seating different people. */
export function seated(seats: readonly (readonly Role[])[], people: readonly SignedBy[]): boolean {
  const [seat, ...rest] = seats;
  if (seat === undefined) return true;
  return people.some(
    ({ person, roles }) =>
      roles.some((role) => seat.includes(role)) &&
      seated(
        rest,
        people.filter((other) => other.person !== person),
      ),
  );
}

/** The last plan of production; where nothing was left to plan since, the last one that a wave followed. */
export function lastPlan(trace: Trace): Told<'plan.compiled'> | undefined {
  const plans = told(trace, 'plan.compiled').filter(({ event }) => event.planKind === 'production');
  const done = told(trace, 'deployment.done').at(-1)?.index ?? -1;
  if (done < (plans.at(-1)?.index ?? 0)) return plans.at(-1);
  const opened = told(trace, 'wave.opened').at(-1)?.index ?? 0;
  return plans.findLast(({ index }) => index < opened);
}

/** The last production plan, if nothing threw it away since. */
export function planOf(
  trace: Trace,
): { hash: Hash; firstStart: number; notAfter: number; waves: number; index: number } | null {
  const compiled = lastPlan(trace);
  if (compiled === undefined) return null;
  const since = Math.max(compiled.index, told(trace, 'deployment.done').at(-1)?.index ?? 0);
  const thrownAway = trace.some(
    ({ to }, at) => at > since && ['replanning', 'quarantined', 'authentic', 'identified'].includes(to),
  );
  return thrownAway ? null : { ...compiled.event, hash: compiled.event.plan, index: compiled.index };
}

/** Signatures under a plan that were not taken back. */
function votesFor(trace: Trace, plan: Hash): SignedBy[] {
  const taken = told(trace, 'approval.revoked');
  return told(trace, 'approval.signed')
    .filter(({ event, index }) => {
      const back = taken.some((one) => one.index > index && one.event.signed.person === event.signed.person);
      return event.plan === plan && !back;
    })
    .map(({ event }) => event.signed);
}

/** P5: everybody the lane asks for, none of them the requester, and one of them on the command line where it asks so. */
export function approved(trace: Trace): boolean {
  const plan = planOf(trace);
  if (plan === null) return false;
  const votes = votesFor(trace, plan.hash).filter(({ person }) => person !== requesterOf(trace));
  const rule = ruleOf(trace);
  const cli = new Set(votes.filter(({ keyClass }) => keyClass === 'cli').map(({ person }) => person)).size;
  return seated(rule.seats, votes) && cli >= rule.cliSignatures;
}

export function approves(trace: Trace, { person, roles }: SignedBy): boolean {
  return person !== requesterOf(trace) && roles.some((role) => ruleOf(trace).seats.some((seat) => seat.includes(role)));
}

/** Signed by different people for these roles. */
export function signedFor(signed: readonly SignedBy[], ...roles: readonly Role[]): boolean {
  return seated(
    roles.map((role) => [role]),
    signed,
  );
}

export function deployedBefore(trace: Trace): boolean {
  return trace.slice(0, -1).some(({ event }) => event.kind === 'wave.opened');
}
