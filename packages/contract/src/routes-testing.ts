import { z } from 'zod';
import { Empty } from './access.ts';
import { ENDPOINTS } from './endpoints.ts';
import { type Route, SMALL_BODY_BYTES_MAX } from './route.ts';
import {
  ORIGIN_BODY_BYTES_MAX,
  OriginBody,
  OriginKeys,
  OriginKeysRequest,
  OriginList,
  OriginRefreshed,
  OriginRequest,
} from './testing.ts';
import { Id } from './units.ts';

const DEFAULTS = {
  params: z.object({}),
  query: z.object({}),
  body: 'none',
  errors: [],
  bodyBytesMax: SMALL_BODY_BYTES_MAX,
} as const;
const ById = z.object({ id: Id });

/** Where packages may come from, and whether what came is genuine. // SOP checklist c8 */
export const TESTING_ROUTES = {
  'origin.list': {
    ...DEFAULTS,
    id: 'origin.list',
    ...ENDPOINTS['origin.list'],
    summary: 'The configured origins of packages, their keys and the state of their indexes.',
    access: 'person',
    answer: OriginList,
  },
  'origin.show': {
    ...DEFAULTS,
    id: 'origin.show',
    ...ENDPOINTS['origin.show'],
    summary: 'One configured origin.',
    access: 'person',
    params: ById,
    answer: OriginBody,
  },
  'origin.add': {
    ...DEFAULTS,
    id: 'origin.add',
    ...ENDPOINTS['origin.add'],
    summary: 'Let packages come from an origin, whose index one of these keys signs. It is fetched soon after.',
    access: 'administrator',
    body: OriginRequest,
    bodyBytesMax: ORIGIN_BODY_BYTES_MAX,
    answer: OriginBody,
    errors: ['origin-exists', 'origin-key-unusable'],
  },
  'origin.read-keys': {
    ...DEFAULTS,
    id: 'origin.read-keys',
    ...ENDPOINTS['origin.read-keys'],
    summary: 'The fingerprints in a file of keys, to be compared with what the publisher says. Nothing is kept.',
    access: 'administrator',
    body: OriginKeysRequest,
    bodyBytesMax: ORIGIN_BODY_BYTES_MAX,
    answer: OriginKeys,
    errors: ['origin-key-unusable'],
  },
  'origin.remove': {
    ...DEFAULTS,
    id: 'origin.remove',
    ...ENDPOINTS['origin.remove'],
    summary: 'Let no more packages come from an origin; what was verified stays as evidence.',
    access: 'administrator',
    params: ById,
    answer: Empty,
  },
  'origin.refresh': {
    ...DEFAULTS,
    id: 'origin.refresh',
    ...ENDPOINTS['origin.refresh'],
    summary: 'Fetch and verify the index of an origin now. The answer names what was wrong with it, if anything.',
    access: 'operator',
    params: ById,
    answer: OriginRefreshed,
  },
} as const satisfies Record<string, Route>;
