import { z } from 'zod';
import { Id, Text, Timestamp } from './units.ts';

/** Shortest password taken: NIST SP 800-63B-4 asks for 15 where a password stands alone. */
export const PASSWORD_CHARACTERS_MIN = 15;
const PASSWORD_CHARACTERS_MAX = 256;

export const Login = z
  .string()
  .min(1)
  .max(64)
  .regex(/^[a-z0-9][a-z0-9._@-]*$/, 'lower-case letters, digits and . _ @ -');
const Password = z.string().min(1).max(PASSWORD_CHARACTERS_MAX);
export const RoleText = z.enum(['it', 'owner', 'change', 'security', 'admin', 'auditor']);

export const FirstRunRequest = z
  .strictObject({
    /** From the link that the server printed once. */
    secret: z.string().min(1).max(256),
    login: Login,
    name: z.string().min(1).max(255),
    password: Password,
  })
  .meta({ id: 'FirstRunRequest' });
export type FirstRunRequest = z.infer<typeof FirstRunRequest>;

export const SignInRequest = z
  .strictObject({ login: z.string().max(64), password: Password })
  .meta({ id: 'SignInRequest' });
export type SignInRequest = z.infer<typeof SignInRequest>;

/** Everything here is invented. Whoever reaches the console may be any of these people. */
export const Demo = z
  .object({
    people: z.array(z.object({ login: z.string(), name: z.string(), roles: z.array(RoleText), password: z.string() })),
  })
  .meta({ id: 'Demo' });
export type Demo = z.infer<typeof Demo>;

export const Session = z
  .object({
    person: z
      .object({
        id: Id,
        login: z.string(),
        name: z.string(),
        roles: z.array(RoleText),
        /** The kinds of access of the route table that this person has: what a button may offer. */
        may: z.array(z.enum(['person', 'operator', 'administrator', 'security', 'triager'])),
      })
      .nullable(),
    /** Nobody has an account yet: the first-run link makes the first. */
    firstRun: z.boolean(),
    serverVersion: z.string(),
    /** Absent everywhere but in a demo. */
    demo: Demo.optional(),
  })
  .meta({ id: 'Session' });
export type Session = z.infer<typeof Session>;

/** A token lives as long as a person's task, not as long as the person stays. */
const API_TOKEN_DAYS_MAX = 366;

export const ApiTokenRequest = z
  .strictObject({
    note: Text.nullable().default(null),
    days: z.number().int().min(1).max(API_TOKEN_DAYS_MAX).default(90),
  })
  .meta({ id: 'ApiTokenRequest' });

export const ApiTokenCreated = z
  .object({
    id: Id,
    /** Shown once; only its hash is kept. Sent as `Authorization: Bearer …`. */
    secret: z.string(),
    expiresAt: Timestamp,
  })
  .meta({ id: 'ApiTokenCreated' });

export const ApiTokenList = z
  .object({
    items: z.array(
      z.object({
        id: Id,
        note: Text.nullable(),
        createdAt: Timestamp,
        expiresAt: Timestamp,
        lastUsedAt: Timestamp.nullable(),
      }),
    ),
  })
  .meta({ id: 'ApiTokenList' });

export const Health = z
  .object({ status: z.enum(['up', 'starting', 'down']), checks: z.record(z.string(), z.string()) })
  .meta({ id: 'Health' });
export const Empty = z.object({}).meta({ id: 'Empty' });
