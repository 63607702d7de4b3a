import type { ExceptionTarget } from '@patchsteward/contract';
import type { ResponseEvent, ResponseState } from '@patchsteward/core/2-evaluation';
import type { Instant } from '@patchsteward/core/vocabulary';
import { json, plainJson, timestamp } from '../platform/column-types.ts';
import type { Actor, NewLeaf } from '../platform/corridor.ts';
import type { Tx } from '../platform/database.ts';
import { newId } from '../platform/ids.ts';

/** A response as it is kept. */
export interface ResponseRow {
  readonly id: string;
  readonly title: string;
  readonly version: number;
  readonly target: ExceptionTarget;
  readonly state: ResponseState;
}

/** The row, held until the transaction ends: whoever acts on it next sees what was done. */
export async function lockResponse(tx: Tx, id: string): Promise<ResponseRow | undefined> {
  const row = await tx
    .selectFrom('evaluation.response')
    .select(['id', 'title', 'version', 'target', 'fold'])
    .where('id', '=', id)
    .forUpdate()
    .executeTakeFirst();
  return row === undefined ? undefined : rowOf(row);
}

interface StoredRow {
  readonly id: string;
  readonly title: string;
  readonly version: number;
  readonly target: unknown;
  readonly fold: unknown;
}

function rowOf({ target, fold, ...row }: StoredRow): ResponseRow {
  // Only storeEvent writes them, from these types.
  return { ...row, target: target as ExceptionTarget, state: fold as ResponseState };
}

export interface By {
  readonly actor: Actor;
  readonly at: Instant;
}

/** Keeps an event and what it came to, and gives its entry of the record. */
export async function storeEvent(
  tx: Tx,
  { id, title, target, version }: Omit<ResponseRow, 'state'>,
  event: ResponseEvent,
  state: ResponseState,
  by: By,
): Promise<NewLeaf> {
  const body = plainJson({ ...event, state: state.name });
  const leaf = { id: newId(), kind: `exception.${event.kind}`, subject: id, payload: body };
  const values = {
    state: state.name,
    stood_from: state.stoodFrom === null ? null : timestamp(state.stoodFrom),
    ended_at: state.endedAt === null ? null : timestamp(state.endedAt),
    version: version + 1,
    fold: json(plainJson(state)),
  };
  if (version === 0) {
    const { requester, terms, requestedAt, renews } = state;
    const head = { id, kind: terms.kind, title, requester, renews, target: json(plainJson(target)) };
    await tx
      .insertInto('evaluation.response')
      .values({ ...head, ...values, until: timestamp(terms.until), requested_at: timestamp(requestedAt) })
      .execute();
  } else {
    await tx.updateTable('evaluation.response').set(values).where('id', '=', id).execute();
  }
  const { actor, at } = by;
  await tx
    .insertInto('evaluation.response_event')
    .values({
      response: id,
      version: version + 1,
      at: timestamp(at),
      actor,
      kind: event.kind,
      body: json(body),
      leaf: leaf.id,
    })
    .execute();
  return leaf;
}
