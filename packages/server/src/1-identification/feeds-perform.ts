import type { FeedRequest } from '@patchsteward/contract';
import type { Instant } from '@patchsteward/core/vocabulary';
import { FORMS } from '@patchsteward/feeds';
import type { Actor, Changed, TimerChange } from '../platform/corridor.ts';
import { Refusal } from '../platform/http/refusal.ts';
import { believeTouched } from './believing.ts';
import { endClaims } from './claims-store.ts';
import type { ImportTools } from './feeds-import.ts';
import { feedEntries, feedNamed } from './feeds-registry.ts';
import {
  FETCH_TIMER_KIND,
  forgetFeed,
  putFeedEnabled,
  putOwnFeed,
  readFeedRows,
  whileImporting,
} from './feeds-store.ts';
import { REJUDGE_WISH } from './judging.ts';
import { forgetTakenDocuments, putPinnedKeys } from './provider-store.ts';

interface By {
  readonly actor: Actor;
  readonly at: Instant;
}

import { dropRatingsOfPublisher } from './rating-store.ts';

/** Adds a feed of advisories; it is asked for from now on. // SOP P1.1 */
export async function addFeed({ corridor, mirrors }: ImportTools, request: FeedRequest, by: By): Promise<void> {
  const { feed, form, url, title = feed } = request;
  const fingerprints = (request.fingerprints ?? []).map((one) => one.toUpperCase());
  if (!FORMS[form].several)
    throw new Refusal('feed-not-addable', `There is one feed of the form ${form}, and no more.`);
  if (fingerprints.length > 0 && form !== 'csaf') {
    throw new Refusal('feed-not-addable', 'Keys are pinned for a provider of CSAF alone.');
  }
  await corridor.change(by, async (tx): Promise<Changed<void>> => {
    const taken = feedEntries(await readFeedRows(tx), mirrors).some(({ id }) => id === feed);
    if (taken || !(await putOwnFeed(tx, { id: feed, form, url, title, at: by.at }))) {
      throw new Refusal('feed-exists', `There is a feed ${feed} already.`);
    }
    await putPinnedKeys(tx, feed, fingerprints);
    const payload = { form, url, title, ...(fingerprints.length === 0 ? {} : { fingerprints }) };
    return {
      value: undefined,
      leaves: [{ kind: 'feed.added', subject: feed, payload }],
      timers: [fetchTimer(feed, by.at)],
    };
  });
}

/** Whether a feed is asked for by itself. What was imported stays either way. */
export async function changeFeed(
  { corridor, mirrors }: ImportTools,
  feed: string,
  enabled: boolean,
  by: By,
): Promise<void> {
  await corridor.change(by, async (tx): Promise<Changed<void>> => {
    const entry = feedNamed(await readFeedRows(tx), mirrors, feed);
    if (entry.enabled === enabled) return { value: undefined };
    if (enabled && entry.url === null) throw new Refusal('feed-without-address', `${feed} has no address to ask.`);
    await putFeedEnabled(tx, feed, enabled);
    return {
      value: undefined,
      leaves: [{ kind: enabled ? 'feed.enabled' : 'feed.disabled', subject: feed, payload: {} }],
      timers: [enabled ? fetchTimer(feed, by.at) : { kind: FETCH_TIMER_KIND, subject: feed, due: null }],
    };
  });
}

/** Ends what a feed claims; one that was added here is no feed any more. Its advisories stay, as what was known then. */
export async function removeFeed(tools: ImportTools, feed: string, by: By): Promise<void> {
  const { corridor, db, mirrors, policy } = tools;
  const { gives } = feedNamed(await readFeedRows(db), mirrors, feed);
  if (gives !== 'claims' && gives !== 'announcements')
    throw new Refusal('feed-not-removable', `${feed} is a catalog that urgencies rest on.`);
  const outcome = await whileImporting(db, feed, () =>
    corridor.change(by, async (tx): Promise<Changed<void>> => {
      const claims = await endClaims(tx, feed, by.at);
      await dropRatingsOfPublisher(tx, feed);
      await believeTouched(tx, policy, { feed, at: by.at });
      await forgetFeed(tx, feed, by.at);
      await forgetTakenDocuments(tx, feed);
      return {
        value: undefined,
        leaves: [{ kind: 'feed.removed', subject: feed, payload: { claims } }],
        timers: [{ kind: FETCH_TIMER_KIND, subject: feed, due: null }],
        wishes: [REJUDGE_WISH],
      };
    }),
  );
  if (outcome.kind === 'busy') throw new Refusal('feed-busy', `An import of ${feed} is running.`);
  await tools.settle(true);
}

function fetchTimer(feed: string, at: Instant): TimerChange {
  return { kind: FETCH_TIMER_KIND, subject: feed, due: at };
}
