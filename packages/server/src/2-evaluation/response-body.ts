import type { Exception, ExceptionDetail, ExceptionTarget } from '@patchsteward/contract';
import {
  type ResponseBasis,
  type ResponseEvent,
  type ResponseState,
  type ResponseTerms,
  responseRule,
  stepResponse,
} from '@patchsteward/core/2-evaluation';
import { type Policy, unfilledSeats, type Voter } from '@patchsteward/core/policy';
import { DAY_MS, type Instant } from '@patchsteward/core/vocabulary';
import type { ListedResponse } from './response-list-store.ts';

/** A list warns this long before a response ends: time to patch after all, or to ask people again. */
export const ENDS_SOON_MS = 7 * DAY_MS;

interface Looker {
  /** null: nobody who could sign, such as the administrator of the machine. */
  readonly voter: Voter | null;
  readonly policy: Policy;
  readonly now: Instant;
}

export function exceptionBody(
  { id, title, state, fallen, renewedBy }: ListedResponse,
  { voter, policy, now }: Looker,
): Exception {
  const { terms, basis, requester, requestedAt, renews, stoodFrom, endedAt } = state;
  const { seats } = responseRule(terms, basis, policy);
  const waits = state.name === 'requested';
  return {
    ...{ id, title, state: state.name, requester, fallen, renews, renewedBy },
    ...{ kind: terms.kind, owner: terms.owner, why: terms.why, control: terms.control, evidence: terms.evidence },
    ...{ until: timeOf(terms.until), lane: terms.lane, due: timeOrNull(terms.due), basis: basisBody(basis) },
    ...{ requestedAt: timeOf(requestedAt), stoodFrom: timeOrNull(stoodFrom), endedAt: timeOrNull(endedAt) },
    endsSoon: (waits || state.name === 'standing') && terms.until - now <= ENDS_SOON_MS,
    agreed: state.agreed.map(({ person, roles, at }) => ({ person, roles: [...roles], at: timeOf(at) })),
    missing: waits ? unfilledSeats(state.agreed, seats).map((seat) => [...seat]) : [],
    ...mayAgree({ state, voter, policy, now }),
  };
}

/** The rule itself is asked, so that the button says what the server would. */
function mayAgree({ state, voter, policy, now }: Looker & Pick<ListedResponse, 'state'>) {
  if (voter === null) return { mayAgree: false, mayNot: LOOKS_ON };
  const result = stepResponse(state, { kind: 'agreed', by: voter }, { policy, now });
  return result.kind === 'moved' ? { mayAgree: true, mayNot: null } : { mayAgree: false, mayNot: result.says };
}

const LOOKS_ON = 'Sign in as a person; the machine agrees to nothing.';

/** Why each button does nothing, in the words of the rule that would refuse it. */
export function barredBody(
  id: string,
  state: ResponseState,
  { voter, policy, now }: Looker,
): ExceptionDetail['barred'] {
  if (voter === null) return { agree: LOOKS_ON, refuse: LOOKS_ON, end: LOOKS_ON, renew: LOOKS_ON };
  const barred = (from: ResponseState | null, event: ResponseEvent): string | null => {
    const result = stepResponse(from, event, { policy, now });
    return result.kind === 'moved' ? null : result.says;
  };
  const ending = state.name === 'requested' ? 'withdrawn' : 'revoked';
  // Its new day is still to be said: whether one may ask at all is not.
  const terms = { ...state.terms, until: now + 1 };
  return {
    agree: barred(state, { kind: 'agreed', by: voter }),
    refuse: barred(state, { kind: 'refused', by: voter, why: '' }),
    end: barred(state, { kind: ending, by: voter, why: '' }),
    renew: renewalBar(state) ?? barred(null, { kind: 'requested', by: voter, terms, basis: state.basis, renews: id }),
  };
}

/** What cannot be renewed, and why; null: it can. */
export function renewalBar({ name }: ResponseState): string | null {
  return name === 'standing' || name === 'expired'
    ? null
    : `It is ${name}; only what stands or has expired can be renewed.`;
}

export function basisBody({ findings, assets, lane, due, exploited, fixless }: ResponseBasis): Exception['basis'] {
  return { findings, assets, lane, due: timeOrNull(due), exploited, fixless };
}

const DEEDS: Readonly<Record<ResponseTerms['kind'], string>> = {
  accept: 'Accept',
  mitigate: 'Mitigate',
  transfer: 'Transfer',
  avoid: 'Take out of service:',
  override: 'Override',
};
/** As many names as a line bears. */
const NAMED_MAX = 2;

/** One line that tells it from others: `Accept CVE-2026-0001 on 12 assets`. */
export function titleOf(
  { kind }: ResponseTerms,
  { vulnerabilities, sources }: ExceptionTarget,
  basis: ResponseBasis,
): string {
  const named = [few(vulnerabilities), few(sources)].filter((text) => text !== '').join(' in ');
  const what = named === '' ? `${basis.findings} findings` : named;
  const assets = basis.assets === 1 ? '1 asset' : `${basis.assets} assets`;
  return kind === 'avoid' ? `${DEEDS.avoid} ${assets}` : `${DEEDS[kind]} ${what} on ${assets}`;
}

function few(names: readonly string[]): string {
  const more = names.length - NAMED_MAX;
  return `${names.slice(0, NAMED_MAX).join(', ')}${more > 0 ? ` and ${more} more` : ''}`;
}

export function timeOf(instant: Instant): string {
  return new Date(instant).toISOString();
}

function timeOrNull(instant: Instant | null): string | null {
  return instant === null ? null : timeOf(instant);
}
