import type { Instant } from '@patchsteward/core/vocabulary';
import type { DeliveryOutcome } from '../connectors/delivery-outcome.ts';
import { json, timestamp } from '../platform/column-types.ts';
import type { Reader, Tx } from '../platform/database.ts';
import type { NoticeMessage } from './notice-text.ts';

type NoticeState = DeliveryOutcome['state'];

export interface NoticeRow {
  readonly id: string;
  readonly campaign: string;
  readonly plan: string;
  readonly channel: 'mail' | 'webhook';
  readonly address: string;
  readonly recipient: string;
  readonly messageId: string;
  readonly state: NoticeState;
  readonly attempts: number;
  readonly answer: string | null;
  readonly sentAt: Instant | null;
}

interface NewNotice extends Pick<NoticeRow, 'id' | 'campaign' | 'plan' | 'channel' | 'address' | 'recipient'> {
  readonly messageId: string;
  readonly message: NoticeMessage;
}

const COLUMNS = [
  'id',
  'campaign',
  'plan',
  'channel',
  'address',
  'recipient',
  'message_id as messageId',
  'state',
  'attempts',
  'answer',
  'sent_at as sentAt',
] as const;

/** The ids of those that are new: an address hears once of a plan, however often it is asked for. */
export async function insertNotices(tx: Tx, notices: readonly NewNotice[], now: Instant): Promise<ReadonlySet<string>> {
  if (notices.length === 0) return new Set();
  const inserted = await tx
    .insertInto('approval.notice')
    .values(
      notices.map(({ messageId, message, ...notice }) => ({
        ...notice,
        message_id: messageId,
        body: json({ subject: message.subject, text: message.text, data: message.data }),
        created_at: timestamp(now),
      })),
    )
    .onConflict((conflict) => conflict.columns(['plan', 'channel', 'address']).doNothing())
    .returning('id')
    .execute();
  return new Set(inserted.map(({ id }) => id));
}

export function listNotices(db: Reader, campaign: string): Promise<NoticeRow[]> {
  return db
    .selectFrom('approval.notice')
    .select(COLUMNS)
    .where('campaign', '=', campaign)
    .orderBy('created_at')
    .orderBy('id')
    .execute();
}

export function noticesOfPlan(db: Reader, plan: string): Promise<NoticeRow[]> {
  return db
    .selectFrom('approval.notice')
    .select(COLUMNS)
    .where('plan', '=', plan)
    .orderBy('channel')
    .orderBy('address')
    .execute();
}

/** With what it says, and nobody else sends it meanwhile. */
export async function lockNotice(tx: Tx, id: string) {
  return tx
    .selectFrom('approval.notice')
    .select([...COLUMNS, 'body'])
    .where('id', '=', id)
    .forUpdate()
    .executeTakeFirst();
}

export async function storeOutcome(tx: Tx, id: string, outcome: DeliveryOutcome): Promise<void> {
  await tx
    .updateTable('approval.notice')
    .set({
      state: outcome.state,
      attempts: outcome.attempts,
      answer: outcome.answer,
      sent_at: outcome.sentAt === null ? null : timestamp(outcome.sentAt),
    })
    .where('id', '=', id)
    .execute();
}
