import type { Policy, Seat } from '../policy/index.ts';
import { DAY_MS, type Instant, LANES, type Lane } from '../vocabulary/index.ts';
import type { ResponseBasis, ResponseRefusal, ResponseTerms } from './risk-response.ts';

/** Strictest last; how fast a finding must travel, not in which order lanes are named. */
const STRICTNESS: Readonly<Record<Lane, number>> = { routine: 0, critical: 1, mitigation: 2, emergency: 3 };

export function isStricter(one: Lane, other: Lane): boolean {
  return STRICTNESS[one] > STRICTNESS[other];
}

export function strictestLane(lanes: readonly Lane[]): Lane {
  return lanes.reduce((strictest, lane) => (isStricter(lane, strictest) ? lane : strictest), LANES[0]);
}

/** Whether an override makes nothing slower: then Security says it at once, and nobody has to agree. */
export function isRaise({ kind, lane, due }: ResponseTerms, basis: ResponseBasis): boolean {
  if (kind !== 'override') return false;
  const slower = lane !== null && isStricter(basis.lane, lane);
  return !slower && (due === null || basis.due === null || due <= basis.due);
}

export interface ResponseRule {
  /** Each is filled by a person of its own who is not the requester. */
  readonly seats: readonly Seat[];
  readonly termMaxMs: number;
  readonly raise: boolean;
}

/** Who must agree, and for how long at most: by the strictest lane that is answered for. */
export function responseRule(terms: ResponseTerms, basis: ResponseBasis, policy: Policy): ResponseRule {
  const raise = isRaise(terms, basis);
  const { seats, termMaxMs } = policy.lanes[raise ? 'routine' : basis.lane].response;
  return { seats: raise ? [] : seats, termMaxMs, raise };
}

/** What cannot be asked for; null: it can. */
export function termsRefusal(
  terms: ResponseTerms,
  basis: ResponseBasis,
  { policy, now }: { readonly policy: Policy; readonly now: Instant },
): ResponseRefusal | null {
  const { kind, control, until, lane, due } = terms;
  if (basis.findings === 0 && kind !== 'avoid') return refusal('nothing-found', 'No finding fits what was named.');
  if (until <= now) return refusal('term-over', 'The day on which it ends has passed.');
  const { termMaxMs } = responseRule(terms, basis, policy);
  if (until - now > termMaxMs) {
    const days = Math.floor(termMaxMs / DAY_MS);
    return refusal('term-too-long', `In the lane ${basis.lane} it may stand for ${days} days at most.`);
  }
  if (kind === 'mitigate' && control === null) {
    return refusal('control-missing', 'Say what stands in the way of an attack meanwhile.');
  }
  if (kind === 'override' && lane === null && due === null) {
    return refusal('nothing-overridden', 'Say which lane or which due time shall hold instead.');
  }
  return null;
}

export function refusal(because: ResponseRefusal['because'], says: string): ResponseRefusal {
  return { kind: 'refused', because, says };
}
