import { hearersOf, messageDueAt } from '@patchsteward/core/2-evaluation';
import { DAY_MS, type Instant, MINUTE_MS } from '@patchsteward/core/vocabulary';
import type { Changed, GrantedWish, Wish } from '../platform/corridor.ts';
import type { Tx } from '../platform/database.ts';
import { newId } from '../platform/ids.ts';
import { keepMatters, type NewMatter, readMatters } from './telling-matter-store.ts';
import { TELL_WISH } from './telling-send.ts';
import {
  putMessage,
  putTellings,
  type ReachablePerson,
  readReachable,
  readWaiting,
  type WaitingTelling,
} from './telling-store.ts';
import { tellingMessage } from './telling-text.ts';

/** What is urgent is told within minutes; a look reads counts that stand ready. */
const LOOK_EVERY_MS = 2 * MINUTE_MS;
/** At a start the server first answers people. */
const FIRST_LOOK_MS = MINUTE_MS;
/** What was over and comes back within this time is not told again: a feed that flaps is no news. */
const QUIET_MS = 7 * DAY_MS;
/** An announcement that nobody read for so long is told to those who should have. */
export const UNREAD_AFTER_MS = 3 * DAY_MS;

export const LOOK_WISH = 'people.look';
const LOOKED_AT = 'people';

export interface TellingTools {
  /** Whether there is a mail server at all: without one nobody can be told, and nothing is kept for later. */
  readonly hasMail: boolean;
  readonly consoleUrl: string | null;
}

export function lookTimer(now: Instant): { kind: string; subject: string; due: Instant } {
  return { kind: LOOK_WISH, subject: LOOKED_AT, due: now + FIRST_LOOK_MS };
}

/**
 * Grants `people.look`: keeps what is new, decides who is to hear of it, and puts a message on its way to whoever one is
 * due for. All of it is one transaction, so that nothing is told of what was not kept, and nothing is forgotten.
 */
export async function grantLook({ at }: GrantedWish, tx: Tx, tools: TellingTools): Promise<Changed<void>> {
  const timers = [{ kind: LOOK_WISH, subject: LOOKED_AT, due: at + LOOK_EVERY_MS }];
  if (!tools.hasMail) return { value: undefined, timers };
  const matters = await readMatters(tx, { now: at, unreadAfterMs: UNREAD_AFTER_MS });
  const fresh = await keepMatters(tx, matters, { now: at, quietMs: QUIET_MS });
  const people = await readReachable(tx);
  if (fresh.length > 0) await putTellings(tx, tellingsOf(fresh, people), at);
  const wishes = await compose(tx, people, tools, at);
  return { value: undefined, timers, wishes, ...(wishes.length === 0 ? {} : { touched: ['told'] }) };
}

function tellingsOf(fresh: readonly NewMatter[], people: readonly ReachablePerson[]) {
  return fresh.flatMap((matter) =>
    hearersOf(matter, people).map(({ login, way }) => ({ matter: matter.id, person: login, way })),
  );
}

async function compose(
  tx: Tx,
  people: readonly ReachablePerson[],
  { consoleUrl }: TellingTools,
  now: Instant,
): Promise<Wish[]> {
  const reachable = new Map(people.map((person) => [person.login, person]));
  const wishes: Wish[] = [];
  for (const [login, waiting] of Map.groupBy(await readWaiting(tx), ({ person }) => person)) {
    const person = reachable.get(login);
    const due = messageDueAt(waiting, lastOf(waiting));
    if (person === undefined || due === null || due > now) continue;
    const id = newId(now);
    const { name, mail: address } = person;
    const matters = waiting.map(({ matter }) => matter);
    await putMessage(
      tx,
      { id, person: login, name, address, messageId: id, matters, ...tellingMessage(waiting, consoleUrl) },
      now,
    );
    wishes.push({ kind: TELL_WISH, key: id, payload: null });
  }
  return wishes;
}

function lastOf(waiting: readonly WaitingTelling[]): Instant | null {
  return waiting[0]?.last ?? null;
}
