import { type Instant, MINUTE_MS } from '@patchsteward/core/vocabulary';
import type { Changed, GrantedWish, NewLeaf } from '../platform/corridor.ts';
import type { Tx } from '../platform/database.ts';
import { feedEntries, type Mirrors } from './feeds-registry.ts';
import { silentFeeds } from './feeds-silence.ts';
import { readFeedRows } from './feeds-store.ts';
import { endSilence, openSilence, readSilences, readWatchers } from './feeds-watch-store.ts';

/** A feed is silent after days: to tell it within a quarter of an hour is soon enough. */
const WATCH_EVERY_MS = 15 * MINUTE_MS;
/** At a start the server first answers people. */
const FIRST_WATCH_MS = MINUTE_MS;

const WATCH_TIMER_KIND = 'feed.watch';
const WATCHED = 'feeds';

export function watchTimer(now: Instant): { kind: string; subject: string; due: Instant } {
  return { kind: WATCH_TIMER_KIND, subject: WATCHED, due: now + FIRST_WATCH_MS };
}

/**
 * Grants `feed.watch`: a feed that fell silent is told once to those who can mend it or must know, and is told again
 * only after it has spoken in between. Who was told, and when, stands in the record. // checklist c7
 */
export async function grantWatch({ at }: GrantedWish, tx: Tx, mirrors: Mirrors): Promise<Changed<void>> {
  const silent = silentFeeds(feedEntries(await readFeedRows(tx), mirrors), at);
  const known = await readSilences(tx);
  const leaves: NewLeaf[] = [];
  const told = await readWatchers(tx);
  for (const { feed, since } of silent.filter((one) => !known.has(one.feed))) {
    await openSilence(tx, { feed, since, at, told });
    leaves.push({ kind: 'feed.silent', subject: feed, payload: { since: new Date(since).toISOString(), told } });
  }
  for (const feed of known) {
    if (silent.some((one) => one.feed === feed)) continue;
    await endSilence(tx, feed, at);
    leaves.push({ kind: 'feed.heard', subject: feed, payload: {} });
  }
  const timers = [{ kind: WATCH_TIMER_KIND, subject: WATCHED, due: at + WATCH_EVERY_MS }];
  return {
    value: undefined,
    leaves,
    timers,
    ...(leaves.length === 0 ? {} : { touched: ['overview', 'feeds', 'assets'] }),
  };
}
