import { z } from 'zod';
import { Empty } from './access.ts';
import { ENDPOINTS } from './endpoints.ts';
import { PasswordChange, PersonChange, PersonChanged, PersonCreated, PersonList, PersonRequest } from './people.ts';
import { type Route, SMALL_BODY_BYTES_MAX } from './route.ts';

const DEFAULTS = {
  params: z.object({}),
  query: z.object({}),
  body: 'none',
  errors: [],
  bodyBytesMax: SMALL_BODY_BYTES_MAX,
} as const;

/** People and their accounts. What they may sign is not said here but in the trust root. */
export const PEOPLE_ROUTES = {
  'password.change': {
    ...DEFAULTS,
    id: 'password.change',
    ...ENDPOINTS['password.change'],
    summary: "Change one's own password; every other session of the person ends.",
    access: 'person',
    body: PasswordChange,
    answer: Empty,
    errors: ['wrong-credentials', 'password-too-weak', 'too-many-attempts'],
  },
  'person.list': {
    ...DEFAULTS,
    id: 'person.list',
    ...ENDPOINTS['person.list'],
    summary: 'People with an account, by login.',
    access: 'administrator',
    answer: PersonList,
  },
  'person.create': {
    ...DEFAULTS,
    id: 'person.create',
    ...ENDPOINTS['person.create'],
    summary: 'Make an account; its one-time password, and its API token where one is asked for, are shown once.',
    access: 'administrator',
    body: PersonRequest,
    answer: PersonCreated,
    errors: ['login-taken'],
  },
  'person.change': {
    ...DEFAULTS,
    id: 'person.change',
    ...ENDPOINTS['person.change'],
    summary: 'Change name, roles or address of a person, reset the password, disable or enable the account.',
    access: 'administrator',
    params: z.object({ login: z.string().min(1).max(64) }),
    body: PersonChange,
    answer: PersonChanged,
    errors: ['last-administrator'],
  },
} as const satisfies Record<string, Route>;
