import { z } from 'zod';
import { Decision, Inbox } from './decision.ts';
import { ENDPOINTS } from './endpoints.ts';
import { type Route, SMALL_BODY_BYTES_MAX } from './route.ts';
import { HashText, PageQuery } from './units.ts';

const DEFAULTS = {
  params: z.object({}),
  query: z.object({}),
  body: 'none',
  errors: [],
  bodyBytesMax: SMALL_BODY_BYTES_MAX,
} as const;

/** What waits for people, and all that they need to decide. // SOP P5.2 */
export const DECISION_ROUTES = {
  'inbox.list': {
    ...DEFAULTS,
    id: 'inbox.list',
    ...ENDPOINTS['inbox.list'],
    summary: 'What waits for the decision of whoever asks, what is needed first coming first.',
    access: 'person',
    query: PageQuery,
    answer: Inbox,
  },
  'decision.show': {
    ...DEFAULTS,
    id: 'decision.show',
    ...ENDPOINTS['decision.show'],
    summary: 'Everything that is needed to decide on a plan, and what whoever asks may do about it.',
    access: 'person',
    params: z.object({ plan: HashText }),
    answer: Decision,
  },
} as const satisfies Record<string, Route>;
