import type { NoticeFact } from '@patchsteward/core/5-approval';
import type { PlanBody, PlanLeaf } from '@patchsteward/core/plan';
import type { Hash, Instant } from '@patchsteward/core/vocabulary';
import { canonicalJson, sha256 } from '@patchsteward/trust';
import type { Changed } from '../platform/corridor.ts';
import type { Tx } from '../platform/database.ts';
import { newId } from '../platform/ids.ts';
import { contactsOf } from './contact-store.ts';
import { type NoticeAsset, type Recipients, recipientsOf } from './notice-recipients.ts';
import { insertNotices, type NoticeRow, noticesOfPlan } from './notice-store.ts';
import { type NoticeFacts, noticeMessage } from './notice-text.ts';
import { NOTICE_WISH } from './notice-wish.ts';
import { listStakeholders } from './stakeholder-store.ts';

/** What the corridor knows of a campaign whose plan is to be told about. */
export interface NoticeSubject {
  readonly campaign: string;
  readonly title: string;
  readonly plan: Hash;
  readonly body: PlanBody;
  readonly leaves: readonly PlanLeaf[];
  readonly assets: readonly NoticeAsset[];
  /** IANA zone by maintenance group. */
  readonly zones: Readonly<Record<string, string>>;
  readonly fixes: readonly string[];
  readonly why: string | null;
  readonly due: Instant | null;
}

/** Where the notices of a plan stand. Facts alone; whether that is enough is decided in core. // SOP P6.1, c13 */
export interface NoticeProgress {
  readonly notices: readonly NoticeFact[];
  /** Assets of which nobody hears. */
  readonly unheard: readonly string[];
  /** Over all receipts, once there are some and nothing is waiting; null until then. */
  readonly receipts: Hash | null;
}

export async function prepareNotices(tx: Tx, subject: Pick<NoticeSubject, 'plan' | 'assets'>): Promise<NoticeProgress> {
  const rows = await noticesOfPlan(tx, subject.plan);
  const { unheard } = await readRecipients(tx, subject.assets);
  const settled = rows.length > 0 && rows.every(({ state }) => state !== 'waiting');
  return {
    notices: rows.map(({ address, state, sentAt }) => ({ to: address, outcome: OUTCOMES[state], at: sentAt })),
    unheard,
    receipts: settled ? receiptsHash(rows) : null,
  };
}

/** An address that never answered got nothing, just like one that said no. */
const OUTCOMES = { waiting: 'waiting', sent: 'delivered', bounced: 'bounced', failed: 'bounced' } as const;

/** Puts a message per address on its way. Asked again for the same plan, it adds only addresses that are new. */
export async function queueNotices(tx: Tx, subject: NoticeSubject, now: Instant): Promise<Changed<void>> {
  const { recipients } = await readRecipients(tx, subject.assets);
  const [requester = null] = await contactsOf(tx, [subject.body.requester]);
  const facts: NoticeFacts = { ...subject, requester };
  const notices = recipients.map(({ channel, address, name, assetIds }) => ({
    id: newId(now),
    campaign: subject.campaign,
    plan: subject.plan,
    channel,
    address,
    recipient: name,
    messageId: messageIdOf(subject.plan, channel, address),
    message: noticeMessage(facts, assetIds),
  }));
  const inserted = await insertNotices(tx, notices, now);
  const added = notices.filter(({ id }) => inserted.has(id));
  return {
    value: undefined,
    leaves: added.map(({ id, plan, channel, address, messageId }) => ({
      kind: 'notice.queued',
      subject: subject.campaign,
      payload: { notice: id, plan, channel, address, messageId },
    })),
    wishes: added.map(({ id }) => ({ kind: NOTICE_WISH, key: id, payload: null })),
  };
}

async function readRecipients(tx: Tx, assets: readonly NoticeAsset[]): Promise<Recipients> {
  const owners = [...new Set(assets.flatMap(({ owner }) => (owner === null ? [] : [owner.toLowerCase()])))];
  return recipientsOf(assets, await contactsOf(tx, owners), await listStakeholders(tx));
}

/** Half of a hash names a message among all there ever are. */
const MESSAGE_ID_HEX = 32;

/** The same plan and address, the same message: a second delivery is known to be one. // RFC 5322 §3.6.4 */
function messageIdOf(plan: Hash, channel: string, address: string): string {
  const hash = sha256(canonicalJson({ address: address.toLowerCase(), channel, plan }));
  return hash.slice('sha256:'.length, 'sha256:'.length + MESSAGE_ID_HEX);
}

function receiptsHash(rows: readonly NoticeRow[]): Hash {
  return sha256(
    canonicalJson(
      rows.map(({ id, channel, address, messageId, state, attempts, answer, sentAt }) => ({
        id,
        channel,
        address,
        messageId,
        state,
        attempts,
        answer,
        sentAt: sentAt === null ? null : new Date(sentAt).toISOString(),
      })),
    ),
  );
}
