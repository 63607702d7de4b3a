import { z } from 'zod';
import { FeedUnreadable } from '../feed-unreadable.ts';
import { parseJson } from '../json.ts';

/** What a provider promises. // CSAF 2.0 §7.2 */
const ROLES = ['csaf_publisher', 'csaf_provider', 'csaf_trusted_provider'] as const;

/** A provider has a feed for each label and year; beyond, somebody wants to keep us busy. */
const PLACES_MAX = 200;
const KEYS_MAX = 50;

const ProviderMetadata = z.object({
  canonical_url: z.string(),
  metadata_version: z.literal('2.0'),
  publisher: z.object({ name: z.string().min(1), namespace: z.string() }),
  role: z.enum(ROLES),
  distributions: z
    .array(
      z.object({
        directory_url: z.string().optional(),
        rolie: z
          .object({ feeds: z.array(z.object({ url: z.string(), tlp_label: z.string().optional() })).max(PLACES_MAX) })
          .optional(),
      }),
    )
    .max(PLACES_MAX)
    .optional(),
  public_openpgp_keys: z
    .array(z.object({ fingerprint: z.string().optional(), url: z.string() }))
    .max(KEYS_MAX)
    .optional(),
});

/** Where a provider's documents are listed, and with which keys it says that it signs. */
export interface CsafProvider {
  readonly name: string;
  /** Trusted: it promises a hash and a signature beside every document. // CSAF 2.0 §7.1.18, §7.1.19 */
  readonly isTrusted: boolean;
  /** ROLIE feeds, of which each says what has changed. */
  readonly feeds: readonly string[];
  /** Directories with a changes.csv and an index.txt. */
  readonly directories: readonly string[];
  readonly keys: readonly { readonly fingerprint: string | null; readonly url: string }[];
}

/** Documents under other labels are for a circle of readers, and not to be kept here. // TLP 1.0, TLP 2.0 */
const OPEN_LABELS = new Set(['WHITE', 'CLEAR', 'UNLABELED']);

/** Reads a provider-metadata.json. Throws FeedUnreadable where it is none. // CSAF 2.0 §7.1.7 */
export function parseProviderMetadata(bytes: Uint8Array): CsafProvider {
  const read = ProviderMetadata.safeParse(parseJson(bytes, 'provider-metadata.json'));
  if (!read.success) {
    const path = read.error.issues[0]?.path.map(String).join('.') ?? '';
    throw new FeedUnreadable('not-this-feed', `provider-metadata.json is none of CSAF 2.0 (${path})`);
  }
  const { publisher, role, distributions = [], public_openpgp_keys: keys = [] } = read.data;
  return {
    name: publisher.name,
    isTrusted: role === 'csaf_trusted_provider',
    feeds: distributions
      .flatMap(({ rolie }) => rolie?.feeds ?? [])
      .filter(({ tlp_label: label = 'UNLABELED' }) => OPEN_LABELS.has(label.toUpperCase()))
      .map(({ url }) => url),
    directories: distributions.flatMap(({ directory_url: url }) => (url === undefined ? [] : [url])),
    keys: keys.map(({ fingerprint, url }) => ({ fingerprint: fingerprint?.toUpperCase() ?? null, url })),
  };
}
