import type { NoticeChannels } from '@patchsteward/contract';
import { reasonOf } from '@patchsteward/core/vocabulary';
import type { Corridor } from '../platform/corridor.ts';
import type { Db } from '../platform/database.ts';
import { actorOf } from '../platform/http/actor.ts';
import type { Handlers } from '../platform/http/bind.ts';
import { reasonBody } from '../platform/http/reason-body.ts';
import { Refusal } from '../platform/http/refusal.ts';
import { newId } from '../platform/ids.ts';
import { type NoticeDoors, sendTrial } from './notice-send.ts';
import { listNotices, type NoticeRow } from './notice-store.ts';
import { deleteStakeholder, listStakeholders, putStakeholder } from './stakeholder-store.ts';

type NoticeRouteId =
  | 'notice.list'
  | 'stakeholder.list'
  | 'stakeholder.add'
  | 'stakeholder.remove'
  | 'notice-channel.show'
  | 'notice-channel.try';

interface NoticeParts {
  readonly db: Db;
  readonly corridor: Corridor;
  readonly doors: Pick<NoticeDoors, 'mail' | 'webhook'>;
  readonly channels: NoticeChannels;
}

export function noticeRoutes({ db, corridor, doors, channels }: NoticeParts): Handlers<NoticeRouteId> {
  return {
    'notice-channel.show': async () => channels,
    'notice-channel.try': async ({ body, principal, now }) => {
      // Only where somebody is to hear of changes anyway: this is no door for mail to anybody.
      const known = (await listStakeholders(db)).some(
        ({ channel, address }) => channel === body.channel && address === body.address,
      );
      if (!known) throw new Refusal('not-found', `Nobody hears of changes at ${body.address}.`);
      const from = principal.kind === 'local' ? 'an administrator at the server' : principal.name;
      const { kind, answer } = await sendTrial(doors, body, { id: newId(now), from }, now);
      return { outcome: kind, answer };
    },
    'notice.list': async ({ params }) => ({ items: (await listNotices(db, params.id)).map(noticeBody) }),
    'stakeholder.list': async () => ({ items: await listStakeholders(db) }),
    'stakeholder.add': async ({ body, principal, now }) => {
      await corridor.change({ actor: actorOf(principal), at: now }, async (tx) => {
        const added = await putStakeholder(tx, body, now);
        const leaf = { kind: 'stakeholder.added', subject: body.group, payload: { ...body } };
        return { value: undefined, leaves: added ? [leaf] : [] };
      });
      return {};
    },
    'stakeholder.remove': async ({ body, principal, now }) => {
      await corridor.change({ actor: actorOf(principal), at: now }, async (tx) => {
        const removed = await deleteStakeholder(tx, body);
        const leaf = { kind: 'stakeholder.removed', subject: body.group, payload: { ...body } };
        return { value: undefined, leaves: removed ? [leaf] : [] };
      });
      return {};
    },
  };
}

function noticeBody({ id, plan, channel, address, state, attempts, messageId, sentAt, answer }: NoticeRow) {
  const reason = state === 'bounced' || state === 'failed' ? reasonOf('notice-undelivered', address) : null;
  return {
    id,
    plan,
    channel,
    address,
    state,
    attempts,
    messageId,
    sentAt: sentAt === null ? null : new Date(sentAt).toISOString(),
    answer,
    reason: reason === null ? null : reasonBody(reason),
  };
}
