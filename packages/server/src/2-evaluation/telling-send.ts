import { canonicalJson, sha256 } from '@patchsteward/trust';
import { decideOutcome } from '../connectors/delivery-outcome.ts';
import type { MailDoor } from '../connectors/mail.ts';
import type { Changed, GrantedWish } from '../platform/corridor.ts';
import type { Tx } from '../platform/database.ts';
import { lockMessage, storeOutcome } from './telling-store.ts';

/** The wish, and the timer of its retry; its key is the id of the message. */
export const TELL_WISH = 'people.tell';

export interface TellingDoors {
  /** null where no mail server is set; messages then wait for one. */
  readonly mail: { readonly door: Pick<MailDoor, 'send'>; readonly domain: string } | null;
  /** The first pause after a failure; each further one is twice as long. */
  readonly pauseMsMin: number;
}

/**
 * Grants `people.tell`. Accepted by the mail server and written down here are not one thing: after a crash between the
 * two the same message goes out again under the same Message-ID, and whoever gets it twice knows it is one.
 */
export async function grantTell(
  { mail, pauseMsMin }: TellingDoors,
  { key, at }: Pick<GrantedWish, 'key' | 'at'>,
  tx: Tx,
): Promise<Changed<void>> {
  const message = await lockMessage(tx, key);
  if (message === undefined || message.state !== 'waiting') return { value: undefined };
  const { id, person, address, subject, text, message_id: messageId, matters } = message;
  const delivery =
    mail === null
      ? ({ kind: 'deferred', answer: 'no mail server is set (smtpUrl and mailFrom)' } as const)
      : await mail.door.send({ to: address, subject, text, messageId: `${messageId}@${mail.domain}` });
  const { outcome, retryAt } = decideOutcome(message.attempts, delivery, at, pauseMsMin);
  await storeOutcome(tx, id, outcome);
  if (retryAt !== null) return { value: undefined, timers: [{ kind: TELL_WISH, subject: id, due: retryAt }] };
  const { state, attempts, answer } = outcome;
  const about = matters.map((matter) => ({ ...matter }));
  const payload = { person, address, subject, state, attempts, answer, about, textHash: sha256(canonicalJson(text)) };
  return { value: undefined, leaves: [{ kind: 'telling.settled', subject: id, payload }] };
}
