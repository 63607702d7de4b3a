import type { Instant } from '@patchsteward/core/vocabulary';
import { canonicalJson, sha256 } from '@patchsteward/trust';
import { z } from 'zod';
import type { Delivery } from '../connectors/delivery.ts';
import { decideOutcome } from '../connectors/delivery-outcome.ts';
import type { MailDoor } from '../connectors/mail.ts';
import type { WebhookDoor } from '../connectors/webhook.ts';
import type { Changed, GrantedWish } from '../platform/corridor.ts';
import type { Tx } from '../platform/database.ts';
import { lockNotice, type NoticeRow, storeOutcome } from './notice-store.ts';
import { NOTICE_WISH } from './notice-wish.ts';

export interface NoticeDoors {
  /** null where no mail server is set; notices then wait for one. */
  readonly mail: { readonly door: MailDoor; readonly domain: string } | null;
  /** null where no secret is set: an unsigned message is never posted. */
  readonly webhook: WebhookDoor | null;
  /** The first pause after a failure; each further one is twice as long. */
  readonly pauseMsMin: number;
}

/**
 * Grants `notice.send`. Sent and written down are not one thing: after a crash between the two the same message goes
 * out again under the same Message-ID, and whoever gets it twice knows it is one.
 */
export async function grantNotice(
  doors: NoticeDoors,
  wish: Pick<GrantedWish, 'key' | 'at'>,
  tx: Tx,
): Promise<Changed<void>> {
  const notice = await lockNotice(tx, wish.key);
  if (notice === undefined || notice.state !== 'waiting') return { value: undefined };
  const delivery = await deliver(doors, notice, Message.parse(notice.body), wish.at);
  const { outcome, retryAt } = decideOutcome(notice.attempts, delivery, wish.at, doors.pauseMsMin);
  await storeOutcome(tx, notice.id, outcome);
  if (retryAt !== null) {
    return { value: undefined, timers: [{ kind: NOTICE_WISH, subject: notice.id, due: retryAt }] };
  }
  const { channel, address, messageId, plan } = notice;
  const { state, attempts, answer } = outcome;
  const bodyHash = sha256(canonicalJson(notice.body));
  return {
    value: undefined,
    leaves: [
      {
        kind: 'notice.settled',
        subject: notice.campaign,
        payload: { notice: notice.id, plan, channel, address, messageId, state, attempts, answer, bodyHash },
      },
    ],
    wishes: [{ kind: 'campaign.progress', key: notice.campaign, payload: null }],
  };
}

/** A message that says it is a test, by the same way as real ones. */
export function sendTrial(
  doors: Pick<NoticeDoors, 'mail' | 'webhook'>,
  to: Pick<NoticeRow, 'channel' | 'address'>,
  { id, from }: { readonly id: string; readonly from: string },
  now: Instant,
): Promise<Delivery> {
  const text = `This is a test: ${from} wants to know whether notices of changes arrive here. Nothing is changed, and nothing is to be done.\n`;
  const message = { subject: 'Patchsteward: a test notice', text, data: { kind: 'test' } };
  return deliver(doors, { ...to, messageId: id }, message, now);
}

/** As it was queued; a row of another shape is a bug, not a message. */
const Message = z.object({ subject: z.string(), text: z.string(), data: z.record(z.string(), z.unknown()) });

async function deliver(
  { mail, webhook }: Pick<NoticeDoors, 'mail' | 'webhook'>,
  { channel, address, messageId }: Pick<NoticeRow, 'channel' | 'address' | 'messageId'>,
  { subject, text, data }: z.output<typeof Message>,
  now: Instant,
): Promise<Delivery> {
  if (channel === 'mail') {
    if (mail === null) return { kind: 'deferred', answer: 'no mail server is set (smtpUrl and mailFrom)' };
    return mail.door.send({ to: address, subject, text, messageId: `${messageId}@${mail.domain}` });
  }
  if (webhook === null) return { kind: 'deferred', answer: 'no secret for webhooks is set (webhookSecret)' };
  const body = canonicalJson({ subject, text, data });
  return webhook.send({ url: address, messageId, body, atSeconds: Math.floor(now / 1000) });
}
