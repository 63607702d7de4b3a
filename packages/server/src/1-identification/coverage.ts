import type { CoveringFeed } from '@patchsteward/core/1-identification';
import type { Reader } from '../platform/database.ts';

/** The loaded feeds of advisories with the releases they speak of. Without any the answer is "not judged: no feed". */
export async function readCoveringFeeds(reader: Reader): Promise<CoveringFeed[]> {
  const rows = await reader.selectFrom('identification.feed_scope').select(['feed', 'scope']).execute();
  const scopes = Map.groupBy(rows, ({ feed }) => feed);
  return [...scopes].map(([feed, covered]) => ({ feed, scopes: new Set(covered.map(({ scope }) => scope)) }));
}
