import { z } from 'zod';
import { ReasonBody } from './parts.ts';
import { HashText, Id, Timestamp, textOf } from './units.ts';

/** Debian's keyring with all its releases is 75 KiB armored. */
const KEYS_CHARACTERS_MAX = 700 * 1024;
/** A body with such a keyring, rounded up. */
export const ORIGIN_BODY_BYTES_MAX = 1024 * 1024;
const PARTS_MAX = 50;
const KEYS_MAX = 50;

/** Where a repository is. Credentials do not belong into what everybody may list. */
const RepositoryUrl = z
  .url({ protocol: /^https?$/, error: 'must be a URL that begins with http:// or https://' })
  .max(1024)
  .refine((url) => {
    const { username, password, search, hash } = new URL(url);
    return username + password + search + hash === '';
  }, 'must have no user, password, query or fragment');
const Suite = z
  .string()
  .max(255)
  .regex(
    /^(?!\/.)(?!.*(?:^|\/)\.\.(?:\/|$))[\w.+~/-]+$/,
    'a suite such as bookworm-security, or a folder that ends in /',
  );
const Word = z
  .string()
  .max(64)
  .regex(/^[\w.+-]+$/, 'letters, digits, and . + - _');
const Fingerprint = z
  .string()
  .regex(/^(?:[0-9A-F]{40}|[0-9A-F]{64})$/, 'a fingerprint of 40 or 64 upper-case hex digits');

/** An origin that packages may come from. // decided 29 */
export const OriginRequest = z
  .strictObject({
    /** As the hosts name it in their sources. */
    url: RepositoryUrl,
    /** Fetched from here instead, where the server has a mirror. */
    mirror: RepositoryUrl.nullable().default(null),
    suite: Suite,
    /** Empty where the suite ends in a slash. */
    components: z.array(Word).max(PARTS_MAX).default([]),
    architectures: z.array(Word).min(1).max(PARTS_MAX),
    /** OpenPGP certificates, armored. */
    keys: textOf(KEYS_CHARACTERS_MAX).min(1),
    /** Of those, the ones to be pinned; without it, all. */
    fingerprints: z.array(Fingerprint).min(1).max(KEYS_MAX).optional(),
  })
  .refine(({ suite, components }) => suite.endsWith('/') === (components.length === 0), {
    error: 'a suite has components, and a folder (it ends in a slash) has none',
    path: ['components'],
  })
  .meta({ id: 'OriginRequest' });
export type OriginRequest = z.infer<typeof OriginRequest>;

/** Certificates of which somebody wants to see the fingerprints before they are pinned. */
export const OriginKeysRequest = z
  .strictObject({ keys: textOf(KEYS_CHARACTERS_MAX).min(1) })
  .meta({ id: 'OriginKeysRequest' });
export const OriginKeys = z
  .object({
    items: z.array(
      z.object({
        fingerprint: z.string(),
        userIds: z.array(z.string()),
        expiresAt: Timestamp.nullable(),
        /** False: expired, revoked or too weak; it would not be pinned. */
        usable: z.boolean(),
      }),
    ),
  })
  .meta({ id: 'OriginKeys' });
export type OriginKeys = z.infer<typeof OriginKeys>;

export const OriginBody = z
  .object({
    id: Id,
    url: z.string(),
    mirror: z.string().nullable(),
    suite: z.string(),
    components: z.array(z.string()),
    architectures: z.array(z.string()),
    /** The pinned keys. */
    keys: z.array(z.object({ fingerprint: z.string(), userIds: z.array(z.string()), expiresAt: Timestamp.nullable() })),
    /** What hosts call its parts. */
    names: z.array(z.string()),
    /** `usable`: files are checked against it. `expired`: past the time its publisher set. `never-verified`: no index yet. */
    state: z.enum(['usable', 'expired', 'never-verified']),
    /** The verified index in force. */
    index: z
      .object({
        date: Timestamp,
        validUntil: Timestamp.nullable(),
        publisher: z.string().nullable(),
        suite: z.string().nullable(),
        codename: z.string().nullable(),
        signedBy: z.array(z.string()),
        fetchedAt: Timestamp,
        /** Of the signed file as it came; it is kept. */
        hash: HashText,
        packageIndexes: z.array(z.object({ path: z.string(), hash: HashText, sizeBytes: z.number().int() })),
      })
      .nullable(),
    addedAt: Timestamp,
    checkedAt: Timestamp.nullable(),
    /** Why the last attempt to refresh it brought nothing. */
    problem: z.object({ reason: ReasonBody, detail: z.string() }).nullable(),
  })
  .meta({ id: 'PackageOrigin' });
export type OriginBody = z.infer<typeof OriginBody>;

export const OriginList = z.object({ items: z.array(OriginBody) }).meta({ id: 'PackageOriginList' });

export const OriginRefreshed = z
  .object({
    origin: OriginBody,
    /** Another index than before is in force. */
    changed: z.boolean(),
    durationMs: z.number().int(),
  })
  .meta({ id: 'OriginRefreshed' });
export type OriginRefreshed = z.infer<typeof OriginRefreshed>;
