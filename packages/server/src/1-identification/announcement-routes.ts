import type { AnnouncementDetail } from '@patchsteward/contract';
import type { Db } from '../platform/database.ts';
import type { Handlers } from '../platform/http/bind.ts';
import type { PersonPrincipal } from '../platform/http/principal.ts';
import { announcementDetail } from './announcement-body.ts';
import { countAffected } from './announcement-claim-store.ts';
import { announcementPage } from './announcement-page.ts';
import {
  dismissAnnouncements,
  noSuch,
  type TriagedBy,
  type TriageTools,
  triageAnnouncement,
  undoTriage,
} from './announcement-perform.ts';
import { readAnnouncement } from './announcement-store.ts';

type AnnouncementRouteId =
  | 'announcement.list'
  | 'announcement.show'
  | 'announcement.triage'
  | 'announcement.dismiss'
  | 'announcement.undo';

interface Parts extends TriageTools {
  readonly db: Db;
  /** Judges and assesses what waits: whoever triaged looks at what is affected next. */
  readonly settle: () => Promise<unknown>;
}

/** What vendors write for people, and what people here make of it. // SOP P1.1 */
export function announcementRoutes(parts: Parts): Handlers<AnnouncementRouteId> {
  const { db } = parts;
  return {
    'announcement.list': ({ query }) => announcementPage(db, query),
    'announcement.show': ({ params }) => detailOf(db, params.id),
    'announcement.triage': async ({ params, body, principal, now }) => {
      const notCovered = await triageAnnouncement(parts, params.id, body, triagedBy(principal, now));
      await parts.settle();
      const announcement = await detailOf(db, params.id);
      const affected = await countAffected(db, announcement.feed, announcement.id);
      return { announcement, affected, notCovered: [...notCovered] };
    },
    'announcement.dismiss': async ({ body, principal, now }) => {
      const dismissed = await dismissAnnouncements(parts, body, triagedBy(principal, now));
      await parts.settle();
      return { dismissed };
    },
    'announcement.undo': async ({ params, body, principal, now }) => {
      await undoTriage(parts, params.id, body.why, triagedBy(principal, now));
      await parts.settle();
      return detailOf(db, params.id);
    },
  };
}

function triagedBy({ id, login, name }: PersonPrincipal, at: number): TriagedBy {
  return { actor: `person:${id}`, at, person: { login, name } };
}

async function detailOf(db: Db, id: string): Promise<AnnouncementDetail> {
  const row = await readAnnouncement(db, id);
  if (row === undefined) throw noSuch(id);
  return announcementDetail(db, row);
}
