import { type Policy, type Seat, unfilledSeats, type Voter } from '../policy/index.ts';
import type { Instant, Role } from '../vocabulary/index.ts';
import type { ResponseEvent, ResponseRefusal, ResponseState, ResponseStateName } from './risk-response.ts';
import { refusal, responseRule, termsRefusal } from './risk-response-rule.ts';

interface Context {
  readonly policy: Policy;
  readonly now: Instant;
}

type Stepped = { readonly kind: 'moved'; readonly state: ResponseState } | ResponseRefusal;
type EventOf<K extends ResponseEvent['kind']> = Extract<ResponseEvent, { readonly kind: K }>;
type Ending = Extract<ResponseEvent, { readonly why: string }>;

/** Whoever only looks on asks for nothing. // SOP R1-R4 */
const REQUESTING: readonly Role[] = ['it', 'owner', 'change', 'security', 'admin'];

/** From which state an event leads where; what is not said is refused. `state` is null before the first event. */
export function stepResponse(state: ResponseState | null, event: ResponseEvent, context: Context): Stepped {
  if (event.kind === 'requested') return state === null ? requested(event, context) : notNow('requested', state.name);
  if (state === null) return notNow(event.kind, null);
  switch (event.kind) {
    case 'agreed':
      return state.name === 'requested' ? agreed(state, event, context) : notNow(event.kind, state.name);
    case 'refused':
      return state.name === 'requested' ? refused(state, event, context) : notNow(event.kind, state.name);
    case 'withdrawn':
      return state.name === 'requested' ? withdrawn(state, event, context) : notNow(event.kind, state.name);
    case 'revoked':
      return state.name === 'standing' ? revoked(state, event, context) : notNow(event.kind, state.name);
    case 'renewed':
      return state.name === 'standing'
        ? moved({ ...state, ...over('renewed', context) })
        : notNow('renewed', state.name);
    case 'expired':
      return expired(state, context);
  }
}

function requested({ by, terms, basis, renews }: EventOf<'requested'>, context: Context): Stepped {
  const wrong = termsRefusal(terms, basis, context);
  if (wrong !== null) return wrong;
  const { raise } = responseRule(terms, basis, context.policy);
  // Up by one person of Security, at once; everything else needs somebody who agrees. // rollout-and-trust §2.2
  const needed: readonly Role[] = raise ? ['security'] : REQUESTING;
  if (!by.roles.some((role) => needed.includes(role))) return roleMissing(needed);
  return moved({
    ...{ name: raise ? 'standing' : 'requested', terms, basis, renews, agreed: [] },
    ...{ requester: by.person, requestedAt: context.now, stoodFrom: raise ? context.now : null },
    ...{ endedAt: null, ended: null },
  });
}

function agreed(state: ResponseState, { by }: EventOf<'agreed'>, { policy, now }: Context): Stepped {
  if (by.person === state.requester) {
    return refusal('requester-agrees', 'Whoever asks never agrees; somebody else has to.');
  }
  if (state.terms.until <= now) return refusal('term-over', 'The day on which it was to end has passed; ask anew.');
  if (state.agreed.some(({ person }) => person === by.person)) {
    return refusal('agreed-already', `${by.person} has agreed already; another person has to.`);
  }
  const { seats } = responseRule(state.terms, state.basis, policy);
  const before = unfilledSeats(state.agreed, seats);
  const people = [...state.agreed, { ...by, at: now }];
  const missing = unfilledSeats(people, seats);
  if (missing.length === before.length) return roleMissing(before.flat());
  const stands = missing.length === 0;
  const standing = stands ? ({ name: 'standing', stoodFrom: now } as const) : {};
  return moved({ ...state, agreed: people, ...standing });
}

function refused(state: ResponseState, { by, why }: Ending, context: Context): Stepped {
  const { seats } = responseRule(state.terms, state.basis, context.policy);
  if (!sits(by, seats)) return roleMissing(seats.flat());
  return moved({ ...state, ...over('refused', context), ended: { by: by.person, why } });
}

function withdrawn(state: ResponseState, { by, why }: Ending, context: Context): Stepped {
  if (by.person !== state.requester) {
    return refusal('role-missing', `Only ${state.requester} withdraws it; whoever may agree refuses it.`);
  }
  return moved({ ...state, ...over('withdrawn', context), ended: { by: by.person, why } });
}

/** Makes things stricter, so that whoever asked or may agree does it alone; a raise is taken back by Security. */
function revoked(state: ResponseState, { by, why }: Ending, context: Context): Stepped {
  const { seats, raise } = responseRule(state.terms, state.basis, context.policy);
  const allowed: readonly Seat[] = raise ? [['security']] : seats;
  const asked = !raise && by.person === state.requester;
  if (!asked && !sits(by, allowed)) return roleMissing(allowed.flat());
  return moved({ ...state, ...over('revoked', context), ended: { by: by.person, why } });
}

/** What nobody agreed to in time is over as well. */
function expired(state: ResponseState, context: Context): Stepped {
  if (state.name !== 'standing' && state.name !== 'requested') return notNow('expired', state.name);
  if (state.terms.until > context.now) return refusal('not-now', 'Its day has not come.');
  return moved({ ...state, ...over('expired', context), endedAt: state.terms.until });
}

function over(name: ResponseStateName, { now }: Context) {
  return { name, endedAt: now };
}

function moved(state: ResponseState): Stepped {
  return { kind: 'moved', state };
}

function sits({ roles }: Voter, seats: readonly Seat[]): boolean {
  return seats.some((seat) => seat.some((role) => roles.includes(role)));
}

function roleMissing(roles: readonly Role[]): ResponseRefusal {
  return refusal('role-missing', `It takes one of the roles ${[...new Set(roles)].join(', ')}.`);
}

function notNow(event: ResponseEvent['kind'], name: ResponseStateName | null): ResponseRefusal {
  return refusal('not-now', `It is ${name ?? 'not there'}, and cannot be ${event} now.`);
}
