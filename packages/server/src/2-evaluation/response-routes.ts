import type { ExceptionDetail, ExceptionPage, ExceptionQuery } from '@patchsteward/contract';
import type { Voter } from '@patchsteward/core/policy';
import type { Instant } from '@patchsteward/core/vocabulary';
import { z } from 'zod';
import type { Db } from '../platform/database.ts';
import type { Handlers } from '../platform/http/bind.ts';
import { decodeCursor, encodeCursor } from '../platform/http/cursor.ts';
import type { LocalPrincipal, PersonPrincipal } from '../platform/http/principal.ts';
import { Refusal } from '../platform/http/refusal.ts';
import { barredBody, ENDS_SOON_MS, exceptionBody, timeOf } from './response-body.ts';
import {
  countCovered,
  countListed,
  countResponses,
  listResponses,
  placeOfResponse,
  readCovered,
  readEvents,
  readListed,
} from './response-list-store.ts';
import {
  type Act,
  actOnResponse,
  type By,
  type ResponseTools,
  renewResponse,
  requestResponse,
} from './response-perform.ts';
import { previewResponse } from './response-preview.ts';

type ResponseRouteId =
  | 'exception.list'
  | 'exception.show'
  | 'exception.preview'
  | 'exception.request'
  | 'exception.agree'
  | 'exception.refuse'
  | 'exception.revoke'
  | 'exception.renew';

interface Parts extends ResponseTools {
  readonly db: Db;
  /** Assesses what waits: whoever spoke reads the lists next. */
  readonly settle: () => Promise<unknown>;
  /** Given by whoever knows step 1; those that are gone are left out. */
  readonly namesOf: (ids: readonly string[]) => Promise<ReadonlyMap<string, string>>;
  /** Patterns of `like` for the words of a search. */
  readonly patternsOf: (search: string) => string[];
}

type Caller = PersonPrincipal | LocalPrincipal;

/** Answers to risks: asked for by one, agreed to by others, over by themselves. // SP 800-40r4 §2.2, SOP P2.1 */
export function responseRoutes(parts: Parts): Handlers<ResponseRouteId> {
  const shown = (id: string, principal: Caller, now: Instant) => detail(parts, id, principal, now);
  const settled = async (id: Promise<string>, principal: Caller, now: Instant) => {
    const done = await id;
    await parts.settle();
    return shown(done, principal, now);
  };
  const act = (id: string, what: Act, principal: Caller, now: Instant) =>
    settled(actOnResponse(parts, id, what, byOf(principal, now)), principal, now);
  return {
    'exception.list': ({ query, principal, now }) => page(parts, query, principal, now),
    'exception.show': ({ params, principal, now }) => shown(params.id, principal, now),
    'exception.preview': ({ body, principal, now }) => previewResponse(parts, body, voterOf(principal), now),
    'exception.request': ({ body, principal, now }) =>
      settled(requestResponse(parts, body, byOf(principal, now)), principal, now),
    'exception.agree': ({ params, principal, now }) => act(params.id, { kind: 'agreed' }, principal, now),
    'exception.refuse': ({ params, body, principal, now }) =>
      act(params.id, { kind: 'refused', why: body.why }, principal, now),
    'exception.revoke': ({ params, body, principal, now }) =>
      act(params.id, { kind: 'revoked', why: body.why }, principal, now),
    'exception.renew': ({ params, body, principal, now }) =>
      settled(renewResponse(parts, params.id, body, byOf(principal, now)), principal, now),
  };
}

/** People count, whatever the machine's administrator may do beside. // ARCHITECTURE: what always holds, 9 */
function byOf(principal: Caller, now: Instant): By {
  const person = voterOf(principal);
  if (principal.kind === 'person' && person !== null) return { actor: `person:${principal.id}`, at: now, person };
  throw new Refusal('not-allowed', 'Sign in as a person: the record names who asked and who agreed.');
}

function voterOf(principal: Caller): Voter | null {
  return principal.kind === 'person' ? { person: principal.login, roles: principal.roles } : null;
}

const Cursor = z.tuple([z.number(), z.uuid()]);

async function page(parts: Parts, query: ExceptionQuery, principal: Caller, now: Instant): Promise<ExceptionPage> {
  const { db, policy } = parts;
  const { search, cursor, limit, state, mine } = query;
  const person = mine === undefined ? undefined : (voterOf(principal)?.person ?? '');
  const filter = { ...query, person, patterns: search === undefined ? [] : parts.patternsOf(search) };
  const after = cursor === undefined ? undefined : decodeCursor(cursor, Cursor);
  const rows = await listResponses(db, filter, { after, limit: limit + 1 });
  const shown = rows.slice(0, limit);
  const last = shown.at(-1);
  return {
    items: shown.map((row) => exceptionBody(row, { voter: voterOf(principal), policy, now })),
    next: last === undefined || rows.length === shown.length ? null : encodeCursor(placeOfResponse(last, state)),
    total: await countListed(db, filter),
    counts: await countResponses(db, now + ENDS_SOON_MS),
  };
}

/** What a screen shows of what is covered; the number says the rest. */
const COVERED_SHOWN_MAX = 200;

async function detail(parts: Parts, id: string, principal: Caller, now: Instant): Promise<ExceptionDetail> {
  const { db, policy } = parts;
  const [row, rows, coveredTotal, events] = [
    await readListed(db, id),
    await readCovered(db, id, COVERED_SHOWN_MAX),
    await countCovered(db, id),
    await readEvents(db, id),
  ];
  if (row === undefined) throw new Refusal('not-found', 'There is no such exception.');
  const names = await parts.namesOf([...new Set(rows.map((one) => one.asset_id))]);
  return {
    ...exceptionBody(row, { voter: voterOf(principal), policy, now }),
    target: row.target,
    barred: barredBody(id, row.state, { voter: voterOf(principal), policy, now }),
    covered: rows.map(({ asset_id: assetId, vulnerability, source, cause, at }) => ({
      assetId,
      assetName: names.get(assetId) ?? 'removed',
      vulnerability: vulnerability === '' ? null : vulnerability,
      source: source === '' ? null : source,
      fallen: cause === null || at === null ? null : { cause, at: timeOf(at) },
    })),
    coveredTotal,
    events: events.map((event) => ({ ...event, at: timeOf(event.at) })),
  };
}
