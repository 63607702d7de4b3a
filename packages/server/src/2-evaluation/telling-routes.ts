import type { TellingPreferences, ToldQuery } from '@patchsteward/contract';
import { TELLING_KINDS, type TellingKind, wayOf } from '@patchsteward/core/2-evaluation';
import { z } from 'zod';
import type { Corridor } from '../platform/corridor.ts';
import type { Db } from '../platform/database.ts';
import { actorOf } from '../platform/http/actor.ts';
import type { Handlers } from '../platform/http/bind.ts';
import { decodeCursor, encodeCursor } from '../platform/http/cursor.ts';
import type { LocalPrincipal, PersonPrincipal } from '../platform/http/principal.ts';
import { Refusal } from '../platform/http/refusal.ts';
import { countTold, listTold, putWay, readMail, readWays, type ToldFilter, type ToldRow } from './telling-store.ts';

type TellingRouteId = 'told.list' | 'telling.show' | 'telling.set';

interface Parts {
  readonly db: Db;
  readonly corridor: Corridor;
  readonly hasMail: boolean;
}

const Cursor = z.tuple([z.number(), z.uuid()]);

/** Who was told of what and when, and how each wants to be told. // checklist c7 */
export function tellingRoutes({ db, corridor, hasMail }: Parts): Handlers<TellingRouteId> {
  return {
    'told.list': async ({ query }) => {
      const { cursor, limit } = query;
      const filter = filterOf(query);
      const before = cursor === undefined ? undefined : decodeCursor(cursor, Cursor);
      const rows = await listTold(db, filter, { before, limit: limit + 1 });
      const shown = rows.slice(0, limit);
      const last = shown.at(-1);
      const next = last === undefined || rows.length === shown.length ? null : encodeCursor([last.created_at, last.id]);
      return { items: shown.map(toldBody), next, total: await countTold(db, filter), hasMail };
    },
    'telling.show': ({ principal }) => preferencesOf(db, personOf(principal).login),
    'telling.set': async ({ body, principal, now }) => {
      const { login } = personOf(principal);
      await corridor.change({ actor: actorOf(principal), at: now }, async (tx) => {
        await putWay(tx, login, body.kind, body.way);
        const payload = { kind: body.kind, way: body.way };
        return { value: undefined, leaves: [{ kind: 'telling.preferred', subject: login, payload }] };
      });
      return preferencesOf(db, login);
    },
  };
}

function filterOf({ about, person, kind, from, until }: z.output<typeof ToldQuery>): ToldFilter {
  return {
    ...{ about: about ?? null, person: person ?? null, kind: kind ?? null },
    from: from === undefined ? null : Date.parse(from),
    until: until === undefined ? null : Date.parse(until),
  };
}

function personOf(principal: PersonPrincipal | LocalPrincipal): PersonPrincipal {
  if (principal.kind === 'person') return principal;
  throw new Refusal('not-allowed', 'This needs an account of a person: whoever administers the machine gets no mail.');
}

async function preferencesOf(db: Db, login: string): Promise<TellingPreferences> {
  const ways = await readWays(db, login);
  const kindBody = (kind: TellingKind) => ({
    kind,
    way: wayOf({ ways }, kind),
    chosen: ways[kind] !== undefined,
    otherwise: wayOf({ ways: {} }, kind),
  });
  return { mail: await readMail(db, login), kinds: TELLING_KINDS.map(kindBody) };
}

function toldBody({ id, person, name, address, subject, state, attempts, answer, matters, ...row }: ToldRow) {
  return {
    ...{ id, person, name, address, subject, state, attempts, answer },
    matters: matters.map((matter) => ({ ...matter })),
    createdAt: new Date(row.created_at).toISOString(),
    sentAt: row.sent_at === null ? null : new Date(row.sent_at).toISOString(),
  };
}
