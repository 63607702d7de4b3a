import {
  type ErrorCode,
  EXCEPTION_ASSETS_MAX,
  type ExceptionRenewal,
  type ExceptionRequest,
  type ExceptionTarget,
} from '@patchsteward/contract';
import {
  type ResponseEvent,
  type ResponseRefusalCause,
  type ResponseState,
  type ResponseTerms,
  stepResponse,
} from '@patchsteward/core/2-evaluation';
import type { Policy, Voter } from '@patchsteward/core/policy';
import type { Instant } from '@patchsteward/core/vocabulary';
import type { Changed, Corridor, GrantedWish, NewLeaf, TimerChange, Wish } from '../platform/corridor.ts';
import type { Reader, Tx } from '../platform/database.ts';
import { Refusal } from '../platform/http/refusal.ts';
import { newId } from '../platform/ids.ts';
import { renewalBar, titleOf } from './response-body.ts';
import { outdateAssessments, storeCover } from './response-cover-store.ts';
import { lockResponse, type ResponseRow, type By as Stamp, storeEvent } from './response-store.ts';
import { type Covered, coveredBy, type FindTargets } from './response-target.ts';

export interface ResponseTools {
  readonly corridor: Corridor;
  readonly policy: Policy;
  readonly findTargets: FindTargets;
}

export interface By extends Stamp {
  readonly person: Voter;
}

/** The timer and the wish of the day on which a response ends. */
export const RISK_EXPIRES = 'risk.expires';
const STALE_WISH: Wish = { kind: 'assess', key: 'stale', payload: null };
const FLEET_WISH: Wish = { kind: 'fleet', key: 'fleet', payload: null };
/** Rows that one response may write. An asset with very many findings is answered for in parts, or goes out of service. */
const COVERED_MAX = 50_000;

const CODES: Readonly<Record<ResponseRefusalCause, ErrorCode>> = {
  'not-now': 'conflict',
  'requester-agrees': 'requester-is-approver',
  'role-missing': 'not-allowed',
  'agreed-already': 'conflict',
  'term-over': 'bad-request',
  'term-too-long': 'bad-request',
  'control-missing': 'bad-request',
  'nothing-overridden': 'bad-request',
  'nothing-found': 'bad-request',
};

export async function cover(
  reader: Reader,
  { policy, findTargets }: Pick<ResponseTools, 'policy' | 'findTargets'>,
  target: ExceptionTarget,
  kind: ResponseTerms['kind'],
  now: Instant,
): Promise<Covered> {
  const assets = await findTargets(reader, target, EXCEPTION_ASSETS_MAX + 1);
  if (assets.length > EXCEPTION_ASSETS_MAX) {
    throw new Refusal('bad-request', `More than ${EXCEPTION_ASSETS_MAX} assets fit; name fewer of them.`);
  }
  const found = coveredBy(assets, target, kind, { policy, now });
  if (found.covered.length > COVERED_MAX) {
    throw new Refusal('bad-request', `More than ${COVERED_MAX} findings fit; name fewer of them.`);
  }
  return found;
}

export async function requestResponse(tools: ResponseTools, request: ExceptionRequest, by: By): Promise<string> {
  const { target, ...body } = request;
  return tools.corridor.change(by, (tx) => begin(tx, tools, { target, terms: termsOf(body), renews: null }, by));
}

export async function renewResponse(
  tools: ResponseTools,
  id: string,
  { why, evidence, until }: ExceptionRenewal,
  by: By,
): Promise<string> {
  return tools.corridor.change(by, async (tx) => {
    const { state, target } = await held(tx, id);
    const bar = renewalBar(state);
    if (bar !== null) throw new Refusal('conflict', bar);
    const terms = { ...state.terms, why, evidence: evidence ?? state.terms.evidence, until: Date.parse(until) };
    return begin(tx, tools, { target, terms, renews: id }, by);
  });
}

interface Asked {
  readonly target: ExceptionTarget;
  readonly terms: ResponseTerms;
  readonly renews: string | null;
}

async function begin(tx: Tx, tools: ResponseTools, { target, terms, renews }: Asked, by: By): Promise<Changed<string>> {
  const { covered, basis } = await cover(tx, tools, target, terms.kind, by.at);
  const event: ResponseEvent = { kind: 'requested', by: by.person, terms, basis, renews };
  const state = stepped(null, event, tools.policy, by.at);
  const row = { id: newId(), title: titleOf(terms, target, basis), target, version: 0 };
  const leaf = await storeEvent(tx, row, event, state, by);
  await storeCover(tx, row.id, covered);
  const changed = await after(tx, tools.policy, { ...row, version: 1, state }, by);
  return { ...changed, value: row.id, leaves: [leaf, ...(changed.leaves ?? [])] };
}

/** What may be said of a response that there is. */
export type Act = { readonly kind: 'agreed' } | { readonly kind: 'refused' | 'revoked'; readonly why: string };

export async function actOnResponse(
  { corridor, policy }: ResponseTools,
  id: string,
  act: Act,
  by: By,
): Promise<string> {
  return corridor.change(by, async (tx) => {
    const row = await held(tx, id);
    const event = eventOf(act, row.state, by.person);
    return carriedOn(await happened(tx, policy, row, event, by), id);
  });
}

function eventOf(act: Act, { name }: ResponseState, by: Voter): ResponseEvent {
  // Whoever ends what nobody agreed to yet takes it back.
  if (act.kind === 'revoked' && name === 'requested') return { kind: 'withdrawn', by, why: act.why };
  return { ...act, by };
}

/** Grants the wish of the day: what stands or waits is over. A response that ended before has no day any more. */
export async function expireResponse(policy: Policy, wish: GrantedWish, tx: Tx): Promise<Changed<void>> {
  const row = await lockResponse(tx, wish.key);
  if (row === undefined) return { value: undefined };
  const stamp = { actor: 'system', at: wish.at } as const;
  const result = stepResponse(row.state, { kind: 'expired' }, { policy, now: wish.at });
  if (result.kind === 'refused') return { value: undefined };
  return carriedOn(await happened(tx, policy, row, { kind: 'expired' }, stamp), undefined);
}

async function happened(tx: Tx, policy: Policy, row: ResponseRow, event: ResponseEvent, by: Stamp) {
  const state = stepped(row.state, event, policy, by.at);
  const leaf = await storeEvent(tx, row, event, state, by);
  const changed = await after(tx, policy, { ...row, version: row.version + 1, state }, by);
  return { ...changed, leaves: [leaf, ...changed.leaves] };
}

interface Followed {
  readonly leaves: readonly NewLeaf[];
  readonly timers: readonly TimerChange[];
  readonly wishes: readonly Wish[];
  readonly touched: readonly string[];
}

function carriedOn<T>(followed: Followed, value: T): Changed<T> {
  return { ...followed, value };
}

const TOUCHED = ['exceptions', 'inbox', 'findings', 'exposure', 'assets', 'asset', 'overview'] as const;

/** What follows from where a response stands now: its day, the one that it goes on with, and all that rests on it. */
async function after(tx: Tx, policy: Policy, row: ResponseRow, by: Stamp): Promise<Followed> {
  const { id, state } = row;
  const waits = state.name === 'requested' || state.name === 'standing';
  const timers = [{ kind: RISK_EXPIRES, subject: id, due: waits ? state.terms.until : null }];
  if (state.stoodFrom === null) return { leaves: [], timers, wishes: [], touched: TOUCHED };
  await outdateAssessments(tx, id);
  const followed = { timers, wishes: [STALE_WISH, FLEET_WISH], touched: TOUCHED };
  const former = state.name === 'standing' && state.renews !== null ? await lockResponse(tx, state.renews) : undefined;
  if (former?.state.name !== 'standing') return { leaves: [], ...followed };
  const ended = await happened(tx, policy, former, { kind: 'renewed', with: id }, by);
  return { ...followed, leaves: ended.leaves, timers: [...timers, ...ended.timers] };
}

function stepped(state: ResponseState | null, event: ResponseEvent, policy: Policy, now: Instant): ResponseState {
  const result = stepResponse(state, event, { policy, now });
  if (result.kind === 'moved') return result.state;
  throw new Refusal(CODES[result.because], result.says);
}

async function held(tx: Tx, id: string): Promise<ResponseRow> {
  const row = await lockResponse(tx, id);
  if (row === undefined) throw new Refusal('not-found', 'There is no such exception.');
  return row;
}

export function termsOf({ kind, owner, why, control, evidence, until, lane, due }: Omit<ExceptionRequest, 'target'>) {
  return {
    ...{ kind, owner: owner.trim(), why: why.trim(), control, evidence, until: Date.parse(until) },
    // Only an override gives another one.
    lane: kind === 'override' ? lane : null,
    due: kind === 'override' && due !== null ? Date.parse(due) : null,
  };
}
