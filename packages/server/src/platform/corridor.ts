import type { Instant } from '@patchsteward/core/vocabulary';
import type { JsonValue } from './column-types.ts';
import type { Tx } from './database.ts';

/** Who did it: a person, a host's agent, somebody with a shell on the server, the server itself. */
export type Actor = `person:${string}` | `agent:${string}` | 'local' | 'system';

/** One entry of the record: what happened to what. // SOP P7.1 */
export interface NewLeaf {
  /** Where a row refers to the entry; otherwise it is named when it is written. */
  readonly id?: string;
  /** `asset.changed`, `feed.imported`: noun and past verb. */
  readonly kind: string;
  /** The id of what it happened to. */
  readonly subject: string;
  readonly payload: JsonValue;
}

/** Work that is to be done after the commit. Two wishes of one kind and key are one; the later payload stays. */
export interface Wish {
  readonly kind: string;
  readonly key: string;
  readonly payload: JsonValue;
}

/** At `due` the wish {kind, key: subject, payload: null} is made; null takes the timer back. */
export interface TimerChange {
  readonly kind: string;
  readonly subject: string;
  readonly due: Instant | null;
}

/** What a change leaves behind beside its own rows. */
export interface Changed<T> {
  readonly value: T;
  readonly leaves?: readonly NewLeaf[];
  readonly wishes?: readonly Wish[];
  readonly timers?: readonly TimerChange[];
  /** Lists and things of the console that show something else now, beside those that the leaves tell of. */
  readonly touched?: readonly string[];
  /** Begins once the change is committed, beside it. A crash forgets it, so that a timer has to bring it back. */
  readonly begin?: () => void;
}

/** The one way in which rooms change what is recorded. Rooms receive it; they never import it. */
export interface Corridor {
  /**
   * One transaction: `work` locks what it changes in the order of ids, decides, and stores through its room's store;
   * leaves, timers and wishes are written with it; only after the commit anything hears of it. After a deadlock `work`
   * runs again, so it touches nothing but `tx`.
   */
  change<T>(by: { readonly actor: Actor; readonly at: Instant }, work: (tx: Tx) => Promise<Changed<T>>): Promise<T>;
}

/**
 * Grants a wish, in the transaction that also removes it: its effects in the database happen once. What cannot be
 * undone by a rollback (a request to another machine) must bear being done twice.
 */
export type WishHandler = (wish: GrantedWish, tx: Tx) => Promise<Changed<void>>;

export interface GrantedWish {
  readonly key: string;
  readonly payload: JsonValue;
  readonly at: Instant;
}
