import { z } from 'zod';

/** RFC 3339, UTC. */
export const Timestamp = z.iso.datetime({ offset: false }).meta({ id: 'Timestamp' });
export const HashText = z
  .string()
  .regex(/^sha256:[0-9a-f]{64}$/)
  .meta({ id: 'Hash' });
export const Id = z.uuid().meta({ id: 'Id' });

/** Longest name, version or line of text that we take from outside: four times the longest seen in any archive. */
export const TEXT_CHARACTERS_MAX = 1024;
export const Text = textOf(TEXT_CHARACTERS_MAX);

/** A text that has UTF-8 bytes and that PostgreSQL can keep: no half characters, and every character but U+0000. */
export function textOf(charactersMax: number) {
  return z
    .string()
    .max(charactersMax)
    .refine((text) => text.isWellFormed() && !text.includes('\0'), 'must not hold U+0000 or half a character');
}

/** Epoch milliseconds from a host: a clock may be wrong, but no instant lies outside the calendar. */
export const InstantNumber = z.number().int().min(0).max(253_402_300_799_999);

/** Names of packages are printable ASCII in every ecosystem; short enough to be indexed together with a version. */
export const PackageName = z
  .string()
  .max(255)
  .regex(/^[\x21-\x7e]+$/, 'printable ASCII without spaces');

/** A page of a list: small enough to answer fast, large enough for a screen. */
export const PAGE_SIZE_MAX = 500;
export const PageQuery = z.object({
  /** `next` of the page before; opaque. */
  cursor: z.string().max(TEXT_CHARACTERS_MAX).optional(),
  limit: z.coerce.number().int().min(1).max(PAGE_SIZE_MAX).default(100),
});

export function page<T extends z.ZodType>(item: T) {
  return z.object({
    items: z.array(item),
    /** Cursor of the next page; null on the last. */
    next: z.string().nullable(),
    /** How many there are in all. */
    total: z.number().int(),
  });
}
