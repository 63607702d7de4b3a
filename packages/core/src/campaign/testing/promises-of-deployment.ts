import type { Promised } from './promises.ts';
import { agreed, backedUp, enters, tested } from './promises-of-preparation.ts';
import {
  approved,
  approves,
  deployedBefore,
  isKind,
  laneOf,
  lastPlan,
  planOf,
  signedFor,
  type Trace,
  told,
} from './trace.ts';
import { POLICY } from './world.ts';

/** Steps 6 and 7. */
export const PROMISES_OF_DEPLOYMENT: Readonly<Record<string, Promised>> = {
  'nothing is deployed without its approvals': opening((trace) => approved(trace) && agreed(trace)),
  'nothing is deployed without its test': opening(tested),
  'nothing is deployed without its backups': opening(backedUp),
  'nothing is deployed that was not verified': opening((trace) => {
    const good = told(trace, 'auth.verified').at(-1)?.index ?? -1;
    return good > (told(trace, 'auth.failed').at(-1)?.index ?? -1);
  }),
  'nothing starts before its first start nor after its authority': opening((trace) => {
    const plan = planOf(trace);
    const at = trace.at(-1)?.at ?? 0;
    return plan !== null && plan.firstStart <= at && at < plan.notAfter;
  }),
  'nothing starts before the time of notice is over': opening((trace) => {
    const sent = told(trace, 'notice.sent').at(-1);
    return sent !== undefined && (trace.at(-1)?.at ?? 0) >= sent.event.elapsesAt;
  }),
  'waves come in their order, each after the last one closed': opening((trace) => {
    const since = planOf(trace)?.index ?? 0;
    const opened = told(trace, 'wave.opened').filter(({ index }) => index > since);
    const closed = told(trace, 'wave.closed').filter(({ index }) => index > since);
    const last = opened.at(-1)?.event.wave ?? 0;
    return last === opened.length && closed.length === opened.length - 1 && last <= (planOf(trace)?.waves ?? 0);
  }),
  'no host has two turns, and none from outside has one': opening((trace) => {
    const since = planOf(trace)?.index ?? 0;
    const hosts = told(trace, 'wave.opened')
      .filter(({ index }) => index > since)
      .flatMap(({ event }) => event.assets);
    const known =
      told(trace, 'scope.computed')
        .at(-1)
        ?.event.assets.map(({ assetId }) => assetId) ?? [];
    const last = told(trace, 'wave.opened').at(-1)?.event.assets.length ?? 0;
    return new Set(hosts).size === hosts.length && hosts.every((host) => known.includes(host)) && last > 0;
  }),
  'a wave closes once, after it was opened, with the hosts that it had': (trace, { event }) => {
    if (!isKind(event, 'wave.closed')) return true;
    const since = planOf(trace)?.index ?? 0;
    const opened = told(trace, 'wave.opened').filter(
      ({ index, event: one }) => index > since && one.wave === event.wave,
    );
    const closed = told(trace, 'wave.closed').filter(
      ({ index, event: one }) => index > since && one.wave === event.wave,
    );
    const hosts = opened[0]?.event.assets.length ?? 0;
    return (
      opened.length === 1 && closed.length === 1 && event.succeeded >= 0 && event.succeeded + event.failed <= hosts
    );
  },
  'a bad wave closes only after a person looked at it': (trace, { event }) => {
    if (!isKind(event, 'wave.closed')) return true;
    const opened = told(trace, 'wave.opened').at(-1)?.index ?? 0;
    if (told(trace, 'resume').some(({ index, at }) => index > opened || at === told(trace, 'wave.opened').at(-1)?.at))
      return true;
    const { failures, percent } = POLICY.lanes[laneOf(trace)].pauseLimit;
    const most = Math.max(failures, ((event.succeeded + event.failed) * percent) / 100);
    return event.succeeded > 0 && (event.failed === 0 || event.failed < most);
  },
  'monitoring begins after the last wave': (trace, { event, to }) =>
    to !== 'monitoring' || !isKind(event, 'wave.closed') || event.wave === planOf(trace)?.waves,
  'where nothing is left to plan something was deployed': (trace, { event }) =>
    !isKind(event, 'deployment.done') || deployedBefore(trace),
  'a person who wants to drop what is deployed does not halt it by that': (_, { event, to }) =>
    !isKind(event, 'campaign.withdrawn') || to !== 'halted' || event.vendor,
  'authority ends a plan only when it is over': (trace, { event, to, at }) => {
    if (!isKind(event, 'timer.fired') || to === trace.at(-2)?.to) return true;
    return event.timer === 'authority-over' && at >= (planOf(trace.slice(0, -1))?.notAfter ?? Number.POSITIVE_INFINITY);
  },
  'what stopped goes on only by an approver who did not request it': (trace, last) => {
    const before = trace.at(-2)?.to;
    if (before !== 'paused' && before !== 'halted') return true;
    const stays =
      ['paused', 'halted', 'withdrawn', 'superseded', 'risk-accepted'].includes(last.to) &&
      last.event.kind !== 'resume';
    if (stays) return true;
    const { event } = last;
    if (isKind(event, 'resume')) return approves(trace, event.signed);
    return isKind(event, 'rollback.requested') && event.signed.some((one) => approves(trace, one));
  },
  'what goes on after a stop is still approved': (trace, last) =>
    last.event.kind !== 'resume' || !['approved', 'scheduled', 'deploying'].includes(last.to) || approved(trace),
  'what goes on after a stop is still the plan': (trace, { event, to, at }) => {
    if (event.kind !== 'resume' || !['planned', 'approved', 'scheduled', 'deploying'].includes(to)) return true;
    const plan = planOf(trace);
    return plan !== null && at < plan.notAfter && !told(trace, 'plan.stale').some(({ index }) => index > plan.index);
  },
  'back goes only what was deployed, by the word of an approver': (trace, { event }) =>
    !isKind(event, 'rollback.requested') || (deployedBefore(trace) && event.signed.some((one) => approves(trace, one))),
  'rolled back means that all of it was': (_, { event, to }) =>
    to !== 'rolled-back' || (isKind(event, 'rollback.completed') && event.failed.length === 0),
  'what reached production is not dropped': (trace, { to }) =>
    (to !== 'withdrawn' && to !== 'superseded' && to !== 'risk-accepted') ||
    !deployedBefore(trace) ||
    wasClosedBefore(trace),
  'a host is declared by IT or an owner, and is in scope': (trace, { event }) =>
    !isKind(event, 'host.declared') ||
    (event.signed.roles.some((role) => role === 'it' || role === 'owner') &&
      told(trace, 'scope.computed')
        .at(-1)
        ?.event.assets.some(({ assetId }) => assetId === event.assetId) === true),
  'production is watched for the time that the lane asks for': (trace, { event, at }) => {
    if (!isKind(event, 'soak.verdict') || event.result === 'fail') return true;
    const since = planOf(trace)?.index ?? 0;
    const closed = told(trace, 'wave.closed').findLast(({ index }) => index > since);
    return at >= (closed?.at ?? 0) + POLICY.lanes[laneOf(trace)].soakMs;
  },
  'audited means watched without harm and scanned again': (trace, last) => {
    if (!enters(trace, last, 'audited') || last.event.kind === 'resume') return true;
    const ends = [told(trace, 'wave.closed').at(-1), told(trace, 'deployment.done').at(-1)];
    const since = Math.max(...ends.flatMap((end) => end?.index ?? []));
    const soak = told(trace, 'soak.verdict').findLast(({ index }) => index > since);
    return soak?.event.result === 'pass' && told(trace, 'rescan.done').some(({ index }) => index > since);
  },
  'an audit is signed by IT or Security': (_, { event }) =>
    !isKind(event, 'audit.signed') || event.signed.roles.some((role) => role === 'it' || role === 'security'),
  'completed means audited by both, with nothing unexplained and no test owed': (trace, { to, at }) => {
    if (to !== 'completed' && to !== 'completed-with-exceptions') return true;
    const signed = signedFor(
      told(trace, 'audit.signed').map(({ event }) => event.signed),
      'it',
      'security',
    );
    const open = unexplained(trace, at);
    return signed && open.length === 0 && (to !== 'completed' || odd(trace).length === 0) && testPaid(trace);
  },
};

function opening(holds: (trace: Trace) => boolean): Promised {
  return (trace, { event }) => event.kind !== 'wave.opened' || holds(trace);
}

/** A campaign that was closed for a time and opened again keeps its past; nothing of it is in production now. */
function wasClosedBefore(trace: Trace): boolean {
  return (
    trace.some(({ to }, index) => index < trace.length - 1 && (to === 'risk-accepted' || to === 'mitigated')) &&
    !deployedBefore(trace)
  );
}

function odd(trace: Trace): string[] {
  const plan = lastPlan(trace);
  const reached = told(trace, 'wave.opened')
    .filter(({ index }) => index > (plan?.index ?? 0))
    .flatMap(({ event }) => event.assets);
  return [
    ...(told(trace, 'rescan.done').at(-1)?.event.remaining ?? []),
    ...(plan?.event.infeasible ?? []).filter((assetId) => !reached.includes(assetId)),
    ...told(trace, 'host.declared').map(({ event }) => event.assetId),
  ];
}

function unexplained(trace: Trace, at: number): string[] {
  const said = [
    ...told(trace, 'audit.signed').flatMap(({ event }) => event.dispositions.map(({ assetId }) => assetId)),
    ...told(trace, 'exception.signed').flatMap(({ event }) => (event.expiresAt > at ? [event.assetId] : [])),
  ];
  return odd(trace).filter((assetId) => !said.includes(assetId));
}

function testPaid(trace: Trace): boolean {
  const owed = told(trace, 'test.deferred').at(-1)?.index;
  if (owed === undefined) return true;
  const passed = told(trace, 'test.verdict').some(({ event, index }) => index > owed && event.result === 'pass');
  return passed || told(trace, 'test.accepted').some(({ index }) => index > owed);
}
