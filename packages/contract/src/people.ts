import { z } from 'zod';
import { Login, RoleText } from './access.ts';
import { Id, Timestamp, textOf } from './units.ts';

const NAME_CHARACTERS_MAX = 255;
/** RFC 5321 §4.5.3.1.3 */
const MAIL_CHARACTERS_MAX = 254;
const ROLES_MAX = 6;
const API_TOKEN_DAYS_MAX = 366;

const PersonName = textOf(NAME_CHARACTERS_MAX).min(1);
export const MailAddress = z.email().max(MAIL_CHARACTERS_MAX);
const RoleList = z.array(RoleText).max(ROLES_MAX);

/** Somebody with an account here. What they may sign is said by the trust root alone. // SOP R1-R4 */
export const PersonBody = z
  .object({
    id: Id,
    login: z.string(),
    name: z.string(),
    roles: z.array(RoleText),
    /** Where notices to this person go; null where they get none by mail. */
    mail: z.string().nullable(),
    createdAt: Timestamp,
    disabledAt: Timestamp.nullable(),
    /** Until then the one-time password opens a session; null once the person chose an own one. */
    passwordExpiresAt: Timestamp.nullable(),
    /** Until then the link of an invitation that was not used yet works; null where there is none. */
    invitedUntil: Timestamp.nullable(),
  })
  .meta({ id: 'Person' });
export type PersonBody = z.infer<typeof PersonBody>;
export const PersonList = z.object({ items: z.array(PersonBody) }).meta({ id: 'PersonList' });

export const PersonRequest = z
  .strictObject({
    login: Login,
    name: PersonName,
    roles: RoleList,
    mail: MailAddress.nullable().default(null),
    /** How the person comes in first: with a one-time password, or with a link to choose an own one at once. */
    entry: z.enum(['password', 'invitation']).default('password'),
    /** Makes an API token for the new person as well: for programs that act as people, such as those of a lab. */
    apiTokenDays: z.number().int().min(1).max(API_TOKEN_DAYS_MAX).nullable().default(null),
  })
  .meta({ id: 'PersonRequest' });
export type PersonRequest = z.infer<typeof PersonRequest>;

/** A link that lets its person in once. The secret behind the # is in no log, and is shown this once. */
export const InvitationMade = z
  .object({
    /** To be put behind the address of the console. */
    path: z.string(),
    /** The whole link, where the setting consoleUrl says where the console is. */
    link: z.string().nullable(),
    expiresAt: Timestamp,
    /** Whether the link went out by mail, or what is missing for it. */
    mail: z.enum(['sent', 'failed', 'no-address', 'no-mail-server', 'no-console-url']),
    /** What the mail server said. */
    mailAnswer: z.string().nullable(),
  })
  .meta({ id: 'InvitationMade' });
export type InvitationMade = z.infer<typeof InvitationMade>;

export const PersonInvited = z.object({ person: PersonBody, invitation: InvitationMade }).meta({ id: 'PersonInvited' });
export type PersonInvited = z.infer<typeof PersonInvited>;

const InvitationSecret = z.string().min(1).max(256);
export const InvitationRequest = z.strictObject({ secret: InvitationSecret }).meta({ id: 'InvitationRequest' });
export const InvitationShown = z
  .object({ login: z.string(), name: z.string(), roles: z.array(RoleText), expiresAt: Timestamp })
  .meta({ id: 'InvitationShown' });
export type InvitationShown = z.infer<typeof InvitationShown>;
export const InvitationAcceptance = z
  .strictObject({ secret: InvitationSecret, password: z.string().min(1).max(256) })
  .meta({ id: 'InvitationAcceptance' });
export type InvitationAcceptance = z.infer<typeof InvitationAcceptance>;

/** Secrets are shown once; only their hashes are kept. */
export const PersonCreated = z
  .object({
    person: PersonBody,
    /** Opens a session for some days, to choose an own one with; null where the person was invited. */
    password: z.string().nullable(),
    invitation: InvitationMade.nullable(),
    apiToken: z.object({ id: Id, secret: z.string(), expiresAt: Timestamp }).nullable(),
  })
  .meta({ id: 'PersonCreated' });
export type PersonCreated = z.infer<typeof PersonCreated>;

/** A field that is absent stays as it is. */
export const PersonChange = z
  .strictObject({
    name: PersonName.optional(),
    roles: RoleList.optional(),
    mail: MailAddress.nullable().optional(),
    /** A disabled person signs in nowhere, and tokens and sessions of theirs end. */
    disabled: z.boolean().optional(),
    /** Prints a new one-time password, and ends every session. */
    resetPassword: z.literal(true).optional(),
  })
  .meta({ id: 'PersonChange' });
export type PersonChange = z.infer<typeof PersonChange>;

export const PersonChanged = z
  .object({ person: PersonBody, password: z.string().nullable() })
  .meta({ id: 'PersonChanged' });
export type PersonChanged = z.infer<typeof PersonChanged>;

export const PasswordChange = z
  .strictObject({ current: z.string().min(1).max(256), next: z.string().min(1).max(256) })
  .meta({ id: 'PasswordChange' });
