import { z } from 'zod';
import { Empty } from './access.ts';
import { ENDPOINTS } from './endpoints.ts';
import { Passkey, PasskeyChange, PasskeyList, PasskeyOffer, PasskeyRequest } from './passkey.ts';
import { type Route, SMALL_BODY_BYTES_MAX } from './route.ts';
import { Id } from './units.ts';

const DEFAULTS = {
  params: z.object({}),
  query: z.object({}),
  body: 'none',
  access: 'person',
  errors: [],
  bodyBytesMax: SMALL_BODY_BYTES_MAX,
} as const;
const ById = z.object({ id: Id });

/** A person's own passkeys. That one of them counts is said by the trust root alone. // decided 28 */
export const PASSKEY_ROUTES = {
  'passkey.list': {
    ...DEFAULTS,
    id: 'passkey.list',
    ...ENDPOINTS['passkey.list'],
    summary: 'The passkeys of the person who asks, and which of them the trust root names.',
    answer: PasskeyList,
  },
  'passkey.offer': {
    ...DEFAULTS,
    id: 'passkey.offer',
    ...ENDPOINTS['passkey.offer'],
    summary: 'What a browser needs to make a passkey, good for some minutes.',
    answer: PasskeyOffer,
    errors: ['passkey-site-missing', 'passkey-refused'],
  },
  'passkey.create': {
    ...DEFAULTS,
    id: 'passkey.create',
    ...ENDPOINTS['passkey.create'],
    summary: 'Keep a new passkey, which has signed the proof of its offer.',
    body: PasskeyRequest,
    answer: Passkey,
    errors: ['passkey-site-missing', 'passkey-refused'],
  },
  'passkey.rename': {
    ...DEFAULTS,
    id: 'passkey.rename',
    ...ENDPOINTS['passkey.rename'],
    summary: "Give a passkey of one's own another label.",
    params: ById,
    body: PasskeyChange,
    answer: Passkey,
  },
  'passkey.remove': {
    ...DEFAULTS,
    id: 'passkey.remove',
    ...ENDPOINTS['passkey.remove'],
    summary: "Remove a passkey of one's own here; the trust root names it until a signed change takes it out.",
    params: ById,
    answer: Empty,
  },
} as const satisfies Record<string, Route>;
