import { HOUR_MS } from '../../vocabulary/index.ts';
import type { Recorded } from '../state.ts';
import type { Promised } from './promises.ts';
import {
  approved,
  approves,
  deployedBefore,
  isKind,
  laneOf,
  lanesOf,
  planOf,
  productionOf,
  requesterOf,
  ruleOf,
  seated,
  signedFor,
  type Trace,
  told,
} from './trace.ts';
import { POLICY } from './world.ts';

const RANK = { routine: 0, critical: 1, emergency: 2, mitigation: 2 } as const;

/** Steps 1 to 5. */
export const PROMISES_OF_PREPARATION: Readonly<Record<string, Promised>> = {
  'a person requests': (trace) => /^[a-z]+$/.test(requesterOf(trace)) && requesterOf(trace) !== 'system',
  'evaluated means that scope, lane and risk are known': (trace, last) =>
    !enters(trace, last, 'evaluated') ||
    (productionOf(trace).length > 0 && lanesOf(trace).length > 0 && told(trace, 'risk.assessed').length > 0),
  'a risk is assessed by somebody who may': (_, { event }) =>
    !isKind(event, 'risk.assessed') || event.signed.roles.some((role) => ['it', 'security', 'change'].includes(role)),
  'a lane is lowered by Security and an owner only': (trace, { event }) => {
    if (!isKind(event, 'lane.set') && !isKind(event, 'lane.proposed')) return true;
    const before = lanesOf(trace.slice(0, -1)).at(-1);
    const signed = isKind(event, 'lane.set') ? event.signed : [];
    if (isKind(event, 'lane.set') && !signedFor(signed, 'security')) return false;
    if (before === undefined) return true;
    const slower = RANK[event.lane] < RANK[before.lane];
    const later = RANK[event.lane] === RANK[before.lane] && event.due > before.due;
    return !(slower || later) || signedFor(signed, 'security', 'owner');
  },
  'not applicable means that no asset is concerned': (trace, last) =>
    last.to !== 'not-applicable' || told(trace, 'scope.computed').at(-1)?.event.assets.length === 0,
  'a plan is thrown away for another lane, not for the same': (trace, { event, to }) => {
    if (to !== 'replanning' || trace.at(-2)?.to === to) return true;
    if (!isKind(event, 'lane.set') && !isKind(event, 'lane.proposed')) return true;
    return lanesOf(trace).at(-2)?.lane !== event.lane;
  },
  'a test that does not fail stops nothing': (trace, { event, to }) =>
    !isKind(event, 'test.verdict') || event.result === 'fail' || to === trace.at(-2)?.to || to === 'tested',
  'a plan for production is compiled where one is wanted': (trace, { event, to }) =>
    to !== 'planned' ||
    trace.at(-2)?.to === 'planned' ||
    !isKind(event, 'plan.compiled') ||
    event.planKind === 'production',
  'a plan has one lane': (trace, { event, to }) => {
    if (!isKind(event, 'lane.set') && !isKind(event, 'lane.proposed')) return true;
    const [, before] = lanesOf(trace).toReversed();
    return before?.lane === event.lane || !['planned', 'approved', 'scheduled'].includes(to);
  },
  'quarantine ends by two of Security, and never for wrong bytes': (trace, { event }) => {
    if (!isKind(event, 'auth.released')) return true;
    const failed = told(trace, 'auth.failed').at(-1);
    const wrong = failed?.event.reasons.some(({ code }) => code === 'hash-mismatch' || code === 'signature-wrong');
    return wrong === false && signedFor(event.signed, 'security', 'security');
  },
  'tested means that it was tested': (trace, last) => last.to !== 'tested' || tested(trace),
  'a test starts by the word of IT on its own plan': (trace, { event }) => {
    if (!isKind(event, 'test.started')) return true;
    const plan = told(trace, 'plan.compiled').findLast((one) => one.event.planKind === 'test');
    return plan?.event.plan === event.plan && event.signed.roles.includes('it');
  },
  'a verdict follows a started test': (trace, { event }) => {
    if (!isKind(event, 'test.verdict')) return true;
    const plan = told(trace, 'plan.compiled').findLast((one) => one.event.planKind === 'test');
    return told(trace, 'test.started').some(({ index }) => index > (plan?.index ?? Number.POSITIVE_INFINITY));
  },
  'only what proves nothing is accepted, by IT and an owner': (trace, { event }) =>
    !isKind(event, 'test.accepted') ||
    (told(trace, 'test.verdict').at(-1)?.event.result === 'inconclusive' && signedFor(event.signed, 'it', 'owner')),
  'a test is deferred in an emergency, by Security, for a time': (trace, { event, at }) =>
    !isKind(event, 'test.deferred') ||
    (laneOf(trace) === 'emergency' &&
      event.signed.roles.includes('security') &&
      event.due > at &&
      event.due <= at + 72 * HOUR_MS),
  'outside the ring a test is only made up for': (trace, { event, to }) =>
    !isKind(event, 'test.started') || to === 'authentic' || told(trace, 'test.deferred').length > 0,
  'backed up means that every asset is': (trace, last) =>
    !enters(trace, last, 'backed-up') || last.event.kind !== 'backup.checked' || backedUp(trace),
  'a waiver is the owner’s, for an asset in scope, with an end': (trace, { event, at }) => {
    if (!isKind(event, 'waiver.signed')) return true;
    const asset = told(trace, 'scope.computed')
      .at(-1)
      ?.event.assets.find(({ assetId }) => assetId === event.assetId);
    const owns = asset !== undefined && (asset.owner === null || asset.owner === event.signed.person);
    return owns && event.signed.roles.includes('owner') && event.expiresAt > at;
  },
  'a replaced plan never comes back': (trace, { event }) =>
    !isKind(event, 'plan.compiled') ||
    told(trace, 'plan.compiled').filter((one) => one.event.plan === event.plan).length === 1,
  'a dead plan is not taken': (_, { event, at }) =>
    !isKind(event, 'plan.compiled') || event.planKind !== 'production' || event.notAfter > at,
  'words are about the plan that is current': (trace, { event }) => {
    const aboutPlan =
      isKind(event, 'change.requested') ||
      isKind(event, 'window.agreed') ||
      isKind(event, 'approval.signed') ||
      isKind(event, 'approval.revoked');
    return !aboutPlan || planOf(trace)?.hash === event.plan;
  },
  'a refusal is about the plan that was current': (trace, { event }) =>
    !isKind(event, 'approval.refused') || planOf(trace.slice(0, -1))?.hash === event.plan,
  'a dead plan gets no votes': (trace, { event, at }) =>
    !(isKind(event, 'approval.signed') || isKind(event, 'change.requested') || isKind(event, 'window.agreed')) ||
    at < (planOf(trace)?.notAfter ?? 0),
  'the requester asks for the change': (trace, { event }) =>
    !isKind(event, 'change.requested') || event.signed.person === requesterOf(trace),
  'nobody votes before the change is requested': (trace, { event }) => {
    if (!isKind(event, 'approval.signed')) return true;
    return told(trace, 'change.requested').some((one) => one.event.plan === event.plan);
  },
  'the requester never votes, and nobody without a role does': (trace, { event }) =>
    !(isKind(event, 'approval.signed') || isKind(event, 'approval.refused')) || approves(trace, event.signed),
  'nobody signs twice alike': (trace, { event }) => {
    if (!isKind(event, 'approval.signed')) return true;
    const { signed, plan } = event;
    const back =
      told(trace, 'approval.revoked').findLast((one) => one.event.signed.person === signed.person)?.index ?? -1;
    const alike = told(trace, 'approval.signed').filter(
      (one) =>
        one.event.plan === plan &&
        one.index > back &&
        one.event.signed.person === signed.person &&
        one.event.signed.keyClass === signed.keyClass,
    );
    return alike.length === 1;
  },
  'a vote is taken back by whoever gave it': (trace, { event }) =>
    !isKind(event, 'approval.revoked') ||
    told(trace, 'approval.signed').some(
      (one) => one.event.plan === event.plan && one.event.signed.person === event.signed.person,
    ),
  'owners speak for their own assets': (trace, { event }) =>
    !isKind(event, 'window.agreed') ||
    event.assets.every((assetId) => {
      const asset = told(trace, 'scope.computed')
        .at(-1)
        ?.event.assets.find((one) => one.assetId === assetId);
      const owns = asset !== undefined && (asset.owner === null || asset.owner === event.signed.person);
      return owns && event.signed.roles.includes('owner');
    }),
  'approved means approved, and agreed by every owner': (trace, last) =>
    !enters(trace, last, 'approved') || last.event.kind === 'resume' || (approved(trace) && agreed(trace)),
  'a notice gives the time that the lane asks for': (trace, { event, at }) =>
    !isKind(event, 'notice.sent') || event.elapsesAt >= at + POLICY.lanes[laneOf(trace)].noticeMs,
  'scheduled means that the time of notice is over': (trace, last) => {
    if (!enters(trace, last, 'scheduled') || last.event.kind === 'resume') return true;
    const sent = told(trace, 'notice.sent').at(-1);
    return (
      sent !== undefined &&
      sent.index > (planOf(trace)?.index ?? Number.POSITIVE_INFINITY) &&
      last.at >= sent.event.elapsesAt
    );
  },
  'a risk is accepted by owner and Security, for a time, before anything is deployed': (trace, { event, at }) =>
    !isKind(event, 'risk.accepted') ||
    (signedFor(event.signed, 'security', 'owner') && event.expiresAt > at && !deployedBefore(trace)),
  'an exception is signed by owner and Security, for a time': (_, { event, at }) =>
    !isKind(event, 'exception.signed') || (signedFor(event.signed, 'security', 'owner') && event.expiresAt > at),
  'a mitigation is approved and ends': (trace, { event, at }) => {
    if (!isKind(event, 'mitigation.applied')) return true;
    const others = event.signed.filter(({ person }) => person !== requesterOf(trace));
    const ends = event.expiresAt > at && event.expiresAt <= at + 14 * 24 * HOUR_MS;
    return laneOf(trace) === 'mitigation' && seated(ruleOf(trace).seats, others) && ends;
  },
  'what was accepted for a time opens when it is over': (trace, { event, at }) => {
    if (!isKind(event, 'risk.expired') && !isKind(event, 'mitigation.expired')) return true;
    const terms = [...told(trace, 'risk.accepted'), ...told(trace, 'mitigation.applied')].toSorted(
      (a, b) => a.index - b.index,
    );
    return at >= (terms.at(-1)?.event.expiresAt ?? Number.POSITIVE_INFINITY);
  },
};

export function enters(trace: Trace, { to }: Recorded, state: Recorded['to']): boolean {
  return to === state && trace.at(-2)?.to !== state;
}

export function tested(trace: Trace): boolean {
  const plan = told(trace, 'plan.compiled').findLast((one) => one.event.planKind === 'test');
  const verdict = told(trace, 'test.verdict').findLast(
    ({ index }) => index > (plan?.index ?? Number.POSITIVE_INFINITY),
  );
  if (verdict?.event.result === 'pass') return true;
  if (told(trace, 'test.accepted').some(({ index }) => index > (verdict?.index ?? Number.POSITIVE_INFINITY)))
    return true;
  return told(trace, 'test.deferred').length > 0;
}

export function backedUp(trace: Trace): boolean {
  const checked = told(trace, 'backup.checked').at(-1);
  const at = trace.at(-1)?.at ?? 0;
  if (checked === undefined || checked.event.missing.length > 0) return false;
  return productionOf(trace).every(({ assetId }) => {
    const proof = checked.event.proofs.find((one) => one.assetId === assetId);
    const waiver = told(trace, 'waiver.signed').findLast(({ event }) => event.assetId === assetId);
    return proof !== undefined && (!proof.waived || (waiver !== undefined && waiver.event.expiresAt > at));
  });
}

export function agreed(trace: Trace): boolean {
  const plan = planOf(trace);
  return productionOf(trace).every(({ assetId, owner }) =>
    told(trace, 'window.agreed').some(
      ({ event }) =>
        event.plan === plan?.hash &&
        event.assets.includes(assetId) &&
        event.signed.roles.includes('owner') &&
        (owner === null || owner === event.signed.person),
    ),
  );
}
