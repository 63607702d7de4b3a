import { reasonOf } from '@patchsteward/core/vocabulary';
import type { Corridor } from '../platform/corridor.ts';
import type { Db } from '../platform/database.ts';
import { actorOf } from '../platform/http/actor.ts';
import type { Handlers } from '../platform/http/bind.ts';
import { reasonBody } from '../platform/http/reason-body.ts';
import { listNotices, type NoticeRow } from './notice-store.ts';
import { deleteStakeholder, listStakeholders, putStakeholder } from './stakeholder-store.ts';

type NoticeRouteId = 'notice.list' | 'stakeholder.list' | 'stakeholder.add' | 'stakeholder.remove';

export function noticeRoutes({
  db,
  corridor,
}: {
  readonly db: Db;
  readonly corridor: Corridor;
}): Handlers<NoticeRouteId> {
  return {
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
