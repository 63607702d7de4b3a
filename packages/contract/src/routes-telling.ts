import { z } from 'zod';
import { ENDPOINTS, type EndpointId } from './endpoints.ts';
import { type Route, SMALL_BODY_BYTES_MAX } from './route.ts';
import { TellingChoice, TellingPreferences, ToldPage, ToldQuery } from './telling.ts';

function at<Id extends EndpointId>(id: Id): { readonly id: Id } & (typeof ENDPOINTS)[Id] {
  return { id, ...ENDPOINTS[id] };
}

const DEFAULTS = {
  params: z.object({}),
  query: z.object({}),
  body: 'none',
  access: 'person',
  errors: [],
  bodyBytesMax: SMALL_BODY_BYTES_MAX,
} as const;

/** Who was told of what, and how each wants to be told. // checklist c7 */
export const TELLING_ROUTES = {
  'told.list': {
    ...DEFAULTS,
    ...at('told.list'),
    summary:
      'Messages to people about vulnerabilities, platforms and feeds, and what became of each; the newest first.',
    query: ToldQuery,
    answer: ToldPage,
  },
  'telling.show': {
    ...DEFAULTS,
    ...at('telling.show'),
    summary: 'How the caller is told of what.',
    answer: TellingPreferences,
  },
  'telling.set': {
    ...DEFAULTS,
    ...at('telling.set'),
    summary: 'Be told of something at once, in the message of the hour, never, or as everybody who said nothing.',
    body: TellingChoice,
    answer: TellingPreferences,
  },
} as const satisfies Partial<Record<EndpointId, Route>>;
