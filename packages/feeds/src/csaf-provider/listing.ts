import type { Instant } from '@patchsteward/core/vocabulary';
import { z } from 'zod';
import { FeedUnreadable } from '../feed-unreadable.ts';
import { instantOf } from '../instant.ts';
import { parseJson, textOf } from '../json.ts';

/** One document in a provider's list, with what stands beside it. Addresses as the list has them. */
export interface ListedDocument {
  readonly url: string;
  /** When it changed last; null: the list does not say. */
  readonly changedAt: Instant | null;
  /** null: by the rule of the standard, its own address with an ending. */
  readonly hashUrl: string | null;
  readonly signatureUrl: string | null;
}

/** Red Hat lists some 60,000. */
const DOCUMENTS_MAX = 500_000;

/** `"2024/rhsa-2024_0010.json","2025-02-18T14:28:08+00:00"` // CSAF 2.0 §7.1.13 */
const CHANGE = /^\s*"?([^",]+)"?\s*,\s*"?([^",]+?)"?\s*$/;

/** The documents of a changes.csv, newest first as it has them. */
export function parseChanges(bytes: Uint8Array): ListedDocument[] {
  const documents: ListedDocument[] = [];
  for (const line of linesOf(bytes, 'changes.csv')) {
    const [, path = '', date = ''] = CHANGE.exec(line) ?? [];
    const changedAt = instantOf(date);
    // A first line with the names of the columns is no change.
    if (changedAt === null && documents.length === 0) continue;
    if (changedAt === null) throw new FeedUnreadable('not-this-feed', `changes.csv has a line without a time: ${line}`);
    documents.push(listed(path, changedAt));
  }
  return documents;
}

/** The documents of an index.txt. // CSAF 2.0 §7.1.12 */
export function parseIndex(bytes: Uint8Array): ListedDocument[] {
  return linesOf(bytes, 'index.txt').map((path) => listed(path.trim(), null));
}

function listed(url: string, changedAt: Instant | null): ListedDocument {
  return { url, changedAt, hashUrl: null, signatureUrl: null };
}

function linesOf(bytes: Uint8Array, where: string): string[] {
  const lines = textOf(bytes, where)
    .split('\n')
    .filter((line) => line.trim() !== '');
  if (lines.length > DOCUMENTS_MAX) throw tooMany(where);
  return lines;
}

const RolieFeed = z.object({
  feed: z.object({
    entry: z
      .array(
        z.object({
          id: z.string(),
          updated: z.string(),
          link: z.array(z.object({ rel: z.string(), href: z.string() })).optional(),
          content: z.object({ src: z.string() }).optional(),
        }),
      )
      .max(DOCUMENTS_MAX),
  }),
});

/** The documents of a ROLIE feed in JSON. // CSAF 2.0 §7.1.15, RFC 8322 */
export function parseRolie(bytes: Uint8Array): ListedDocument[] {
  const read = RolieFeed.safeParse(parseJson(bytes, 'the ROLIE feed'));
  if (!read.success) throw new FeedUnreadable('not-this-feed', 'the ROLIE feed is none in JSON');
  return read.data.feed.entry.flatMap(({ updated, link = [], content }) => {
    const hrefs = (rel: string) => link.filter((one) => one.rel === rel).map(({ href }) => href);
    const url = content?.src ?? hrefs('self')[0];
    if (url === undefined) return [];
    const hashes = hrefs('hash');
    return [
      {
        url,
        changedAt: instantOf(updated),
        hashUrl: hashes.find((href) => href.endsWith('.sha512')) ?? hashes[0] ?? null,
        signatureUrl: hrefs('signature')[0] ?? null,
      },
    ];
  });
}

function tooMany(where: string): FeedUnreadable {
  return new FeedUnreadable('too-large', `${where} lists more than ${DOCUMENTS_MAX} documents`);
}

/** The hash in a `.sha256` or `.sha512` file, as sha256sum writes it; null: it holds none. // CSAF 2.0 §7.1.18 */
export function parseHashFile(text: string, algorithm: 'sha256' | 'sha512'): string | null {
  const digits = algorithm === 'sha256' ? 64 : 128;
  const hash = /^([0-9a-f]+)(?:\s|$)/i.exec(text.trimStart())?.[1]?.toLowerCase();
  return hash?.length === digits ? hash : null;
}
