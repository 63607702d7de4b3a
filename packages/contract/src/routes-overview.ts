import { z } from 'zod';
import { ENDPOINTS } from './endpoints.ts';
import { Overview } from './overview.ts';
import { type Route, SMALL_BODY_BYTES_MAX } from './route.ts';

const DEFAULTS = {
  params: z.object({}),
  query: z.object({}),
  body: 'none',
  errors: [],
  bodyBytesMax: SMALL_BODY_BYTES_MAX,
} as const;

/** What needs the caller now, and how they hear that it changed. */
export const OVERVIEW_ROUTES = {
  'overview.show': {
    ...DEFAULTS,
    id: 'overview.show',
    ...ENDPOINTS['overview.show'],
    summary: 'What needs the caller, what is late, what is stopped, what is running.',
    access: 'person',
    answer: Overview,
  },
  'event.stream': {
    ...DEFAULTS,
    id: 'event.stream',
    ...ENDPOINTS['event.stream'],
    summary: 'Server-sent events: which lists and things changed, at most once a second.',
    access: 'person',
    answer: 'events',
    errors: ['too-many-streams'],
  },
} as const satisfies Record<string, Route>;
