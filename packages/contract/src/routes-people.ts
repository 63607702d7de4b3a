import { z } from 'zod';
import { Empty, Session } from './access.ts';
import { ENDPOINTS } from './endpoints.ts';
import {
  InvitationAcceptance,
  InvitationRequest,
  InvitationShown,
  PasswordChange,
  PersonChange,
  PersonChanged,
  PersonCreated,
  PersonInvited,
  PersonList,
  PersonRequest,
} from './people.ts';
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
    secret: true,
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
    secret: true,
  },
  'person.invite': {
    ...DEFAULTS,
    id: 'person.invite',
    ...ENDPOINTS['person.invite'],
    summary: 'Make a new link for a person; the password and every session of before end with it.',
    access: 'administrator',
    params: z.object({ login: z.string().min(1).max(64) }),
    answer: PersonInvited,
    errors: ['conflict'],
    secret: true,
  },
  'invitation.show': {
    ...DEFAULTS,
    id: 'invitation.show',
    ...ENDPOINTS['invitation.show'],
    summary: 'Whom a link invites, and as what. The secret is in the body, so that no log has it.',
    access: 'anybody',
    body: InvitationRequest,
    answer: InvitationShown,
    errors: ['invitation-wrong'],
  },
  'invitation.accept': {
    ...DEFAULTS,
    id: 'invitation.accept',
    ...ENDPOINTS['invitation.accept'],
    summary: 'Choose a password with the link of an invitation, and sign in.',
    access: 'anybody',
    body: InvitationAcceptance,
    answer: Session,
    errors: ['invitation-wrong', 'password-too-weak'],
  },
} as const satisfies Record<string, Route>;
