import { z } from 'zod';
import { HashText, Timestamp, textOf } from './units.ts';

const URL_CHARACTERS_MAX = 2_048;
/** A provider signs with one key, or two while it changes it. */
const FINGERPRINTS_MAX = 20;

export const ProviderAddress = z
  .url({ protocol: /^https?$/, error: 'must be a URL that begins with https:// or http://' })
  .max(URL_CHARACTERS_MAX);

/** Of primary keys, in hex. */
export const Fingerprints = z
  .array(z.string().regex(/^(?:[0-9A-Fa-f]{40}|[0-9A-Fa-f]{64})$/, 'must be a fingerprint of 40 or 64 hex digits'))
  .max(FINGERPRINTS_MAX);

export const ProviderLookRequest = z
  .strictObject({
    /** Its domain, or the whole address of its provider-metadata.json. */
    url: ProviderAddress,
  })
  .meta({ id: 'ProviderLookRequest' });

const ProviderKey = z.object({
  /** Where its metadata says that the key is. */
  url: z.string(),
  /** What the metadata calls it; null: it names the file alone. */
  named: z.string().nullable(),
  /** Of the key that is there; null where none is. */
  fingerprint: z.string().nullable(),
  userIds: z.array(z.string()),
  expiresAt: Timestamp.nullable(),
  /**
   * `another-key`: the file has a key that the metadata does not name. `unusable`: expired, revoked or too weak, so that
   * nothing it signed would be believed.
   */
  state: z.enum(['served', 'another-key', 'unusable', 'not-served']),
});

/** A provider of CSAF as it shows itself, to be compared with what its publisher says elsewhere. // CSAF 2.0 §7.1 */
export const ProviderLook = z
  .object({
    name: z.string(),
    /** Where its metadata was found. */
    url: z.string(),
    /** It promises a hash and a signature beside every document. */
    isTrusted: z.boolean(),
    /** ROLIE feeds and directories of its documents. */
    feeds: z.array(z.string()),
    directories: z.array(z.string()),
    keys: z.array(ProviderKey),
  })
  .meta({ id: 'ProviderLook' });
export type ProviderLook = z.infer<typeof ProviderLook>;

/** One question names this many documents: their hashes fit into a small body. */
export const WANTED_DOCUMENTS_MAX = 500;

/** Documents of a CSAF provider: `sha256:<hex>` of the bytes of each. */
export const DocumentsWantedRequest = z
  .strictObject({ sha256: z.array(HashText).min(1).max(WANTED_DOCUMENTS_MAX) })
  .meta({ id: 'DocumentsWantedRequest' });

/** Those of them that were not taken yet, or not as they would be now. */
export const DocumentsWanted = z.object({ sha256: z.array(HashText) }).meta({ id: 'DocumentsWanted' });

export const FeedKeys = z
  .strictObject({
    /** All that count from now on: those pinned before and not named count no more. */
    fingerprints: Fingerprints.min(1),
    why: textOf(1_000).refine((text) => text.trim() !== '', 'must say something'),
  })
  .meta({ id: 'FeedKeys' });
