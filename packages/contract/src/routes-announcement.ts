import { z } from 'zod';
import {
  AnnouncementDetail,
  AnnouncementDismissal,
  AnnouncementId,
  AnnouncementOutcome,
  AnnouncementPage,
  AnnouncementQuery,
  AnnouncementsDismissed,
  AnnouncementTriage,
  AnnouncementUndo,
  TRIAGE_BODY_BYTES_MAX,
} from './announcement.ts';
import { ENDPOINTS, type EndpointId } from './endpoints.ts';
import { type Route, SMALL_BODY_BYTES_MAX } from './route.ts';

function at<Id extends EndpointId>(id: Id): { readonly id: Id } & (typeof ENDPOINTS)[Id] {
  return { id, ...ENDPOINTS[id] };
}

const ById = z.object({ id: AnnouncementId });
const DEFAULTS = {
  params: z.object({}),
  query: z.object({}),
  body: 'none',
  errors: [],
  bodyBytesMax: SMALL_BODY_BYTES_MAX,
} as const;

/** What vendors write for people, and what people here make of it. // SOP P1.1, checklist c7 */
export const ANNOUNCEMENT_ROUTES = {
  'announcement.list': {
    ...DEFAULTS,
    ...at('announcement.list'),
    summary: 'Announcements of vendors that wait to be read, or what became of them; the newest first.',
    access: 'person',
    query: AnnouncementQuery,
    answer: AnnouncementPage,
  },
  'announcement.show': {
    ...DEFAULTS,
    ...at('announcement.show'),
    summary:
      'One announcement: its text, what its vendor changed, what was made of it, and which assets it may concern.',
    access: 'person',
    params: ById,
    answer: AnnouncementDetail,
  },
  'announcement.triage': {
    ...DEFAULTS,
    ...at('announcement.triage'),
    summary: 'Make it a claim: which versions of what are affected. Assets are judged by it at once.',
    access: 'triager',
    params: ById,
    body: AnnouncementTriage,
    bodyBytesMax: TRIAGE_BODY_BYTES_MAX,
    answer: AnnouncementOutcome,
    errors: ['announcement-changed', 'announcement-not-waiting', 'claim-impossible'],
  },
  'announcement.dismiss': {
    ...DEFAULTS,
    ...at('announcement.dismiss'),
    summary: 'Dismiss announcements for one reason; all of them, or none.',
    access: 'triager',
    body: AnnouncementDismissal,
    bodyBytesMax: TRIAGE_BODY_BYTES_MAX,
    answer: AnnouncementsDismissed,
    errors: ['announcement-changed', 'announcement-not-waiting'],
  },
  'announcement.undo': {
    ...DEFAULTS,
    ...at('announcement.undo'),
    summary: 'Take back what was made of it: its claims end, and it waits again.',
    access: 'triager',
    params: ById,
    body: AnnouncementUndo,
    answer: AnnouncementDetail,
    errors: ['announcement-not-triaged'],
  },
} as const satisfies Partial<Record<EndpointId, Route>>;
