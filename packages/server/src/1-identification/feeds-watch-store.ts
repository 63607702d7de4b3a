import type { Instant } from '@patchsteward/core/vocabulary';
import { sql } from 'kysely';
import { timestamp } from '../platform/column-types.ts';
import type { Reader, Tx } from '../platform/database.ts';

/** The feeds whose silence was told and has not ended. */
export async function readSilences(reader: Reader): Promise<ReadonlySet<string>> {
  const rows = await reader
    .selectFrom('identification.feed_silence')
    .select('feed')
    .where('ended_at', 'is', null)
    .orderBy('feed')
    .execute();
  return new Set(rows.map(({ feed }) => feed));
}

/** Those whose overview shows it: who runs the hosts, who judges what is urgent, who mends the feeds. */
export async function readWatchers(reader: Reader): Promise<string[]> {
  const { rows } = await sql<{ login: string }>`
    select login from access.person
    where disabled_at is null and roles && array['it', 'security', 'admin'] order by login
  `.execute(reader);
  return rows.map(({ login }) => login);
}

interface Silence {
  readonly feed: string;
  readonly since: Instant;
  readonly at: Instant;
  readonly told: readonly string[];
}

export async function openSilence(tx: Tx, { feed, since, at, told }: Silence): Promise<void> {
  await tx
    .insertInto('identification.feed_silence')
    .values({ feed, since: timestamp(since), told_at: timestamp(at), told: [...told] })
    .execute();
}

export async function endSilence(tx: Tx, feed: string, at: Instant): Promise<void> {
  await tx
    .updateTable('identification.feed_silence')
    .set({ ended_at: timestamp(at) })
    .where('feed', '=', feed)
    .where('ended_at', 'is', null)
    .execute();
}
