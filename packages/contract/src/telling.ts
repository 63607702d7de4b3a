import { TELLING_KINDS, TELLING_WAYS } from '@patchsteward/core/2-evaluation';
import { z } from 'zod';
import { Id, PageQuery, page, Text, Timestamp } from './units.ts';

export const TellingKindText = z.enum(TELLING_KINDS);
export const TellingWayText = z.enum(TELLING_WAYS);

/** One message to one person, and what became of it. */
export const Told = z
  .object({
    id: Id,
    person: z.string(),
    name: z.string(),
    address: z.string(),
    subject: z.string(),
    /** What it told of: a vulnerability, a release, a feed. */
    matters: z.array(z.object({ kind: TellingKindText, subject: z.string() })),
    state: z.enum(['waiting', 'sent', 'bounced', 'failed']),
    attempts: z.number().int(),
    /** What the mail server said last. */
    answer: z.string().nullable(),
    createdAt: Timestamp,
    /** When the mail server took it. */
    sentAt: Timestamp.nullable(),
  })
  .meta({ id: 'Told' });
export type Told = z.infer<typeof Told>;

export const ToldQuery = PageQuery.extend({
  /** A vulnerability, a release or a feed. */
  about: Text.optional(),
  /** A login. */
  person: Text.optional(),
  /** Messages that tell of this, whatever else they tell of. */
  kind: TellingKindText.optional(),
  /** Written at this moment or later, and before that one. */
  from: Timestamp.optional(),
  until: Timestamp.optional(),
});
export const ToldPage = page(Told)
  .extend({
    /** Whether there is a mail server; without one nobody is told. */
    hasMail: z.boolean(),
  })
  .meta({ id: 'ToldPage' });

export const TellingPreferences = z
  .object({
    /** Where mail goes; null: an administrator has not set an address, and nobody is told there. */
    mail: z.string().nullable(),
    kinds: z.array(
      z.object({
        kind: TellingKindText,
        way: TellingWayText,
        /** false: as everybody is told who said nothing. */
        chosen: z.boolean(),
        /** How everybody is told who said nothing. */
        otherwise: TellingWayText,
      }),
    ),
  })
  .meta({ id: 'TellingPreferences' });
export type TellingPreferences = z.infer<typeof TellingPreferences>;

export const TellingChoice = z
  .strictObject({
    kind: TellingKindText,
    /** null: as everybody is told who said nothing. */
    way: TellingWayText.nullable(),
  })
  .meta({ id: 'TellingChoice' });
