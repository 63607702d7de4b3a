import {
  FEED_FORMS,
  FEEDS,
  type Feed,
  type FeedForm,
  type FeedGives,
  FORMS,
  STALE_AFTER_MS,
} from '@patchsteward/feeds';
import { Refusal } from '../platform/http/refusal.ts';
import type { FeedRow } from './feeds-store.ts';

/** A feed as this server has it: a known one with what was decided about it here, or one that was added. */
export interface FeedEntry {
  readonly id: string;
  readonly title: string;
  readonly form: FeedForm;
  readonly gives: FeedGives;
  /** Where it is asked for; null: it comes from files alone. */
  readonly url: string | null;
  readonly own: boolean;
  /** Asked for by itself. */
  readonly enabled: boolean;
  readonly staleAfterMs: number;
  /** What the scopes of its claims begin with; null: anything. */
  readonly families: readonly string[] | null;
  /** null: nothing was tried yet. */
  readonly row: FeedRow | null;
}

/** Addresses that stand for the publishers' own, from the settings. */
export type Mirrors = Readonly<Record<string, string>>;

/** All feeds there are: the known ones in their order, then those that were added, by name. */
export function feedEntries(rows: ReadonlyMap<string, FeedRow>, mirrors: Mirrors): FeedEntry[] {
  const known = FEEDS.map((feed) => knownEntry(feed, rows.get(feed.id) ?? null, mirrors));
  const own = [...rows.values()].map(ownEntry).filter((entry) => entry !== null);
  return [...known, ...own.sort((a, b) => (a.id < b.id ? -1 : 1))];
}

/** The feeds of CSAF providers. */
export function providersOf(rows: ReadonlyMap<string, FeedRow>, mirrors: Mirrors): string[] {
  return feedEntries(rows, mirrors).flatMap(({ id, form }) => (form === 'csaf' ? [id] : []));
}

/** The feed of this name; refuses with `not-found`. */
export function feedNamed(rows: ReadonlyMap<string, FeedRow>, mirrors: Mirrors, id: string): FeedEntry {
  const entry = feedEntries(rows, mirrors).find((one) => one.id === id);
  if (entry !== undefined) return entry;
  throw new Refusal('not-found', `There is no feed ${id}.`);
}

function knownEntry(feed: Feed, row: FeedRow | null, mirrors: Mirrors): FeedEntry {
  const { id, title, form, staleAfterMs, families } = feed;
  const url = mirrors[id] ?? feed.url;
  const enabled = url !== null && (row?.enabled ?? feed.byDefault);
  return { id, title, form, gives: FORMS[form].gives, url, own: false, enabled, staleAfterMs, families, row };
}

function ownEntry(row: FeedRow): FeedEntry | null {
  const form = FEED_FORMS.find((one) => one === row.form);
  if (form === undefined || row.url === null || row.title === null || row.removed_at !== null) return null;
  return {
    ...{ id: row.id, title: row.title, form, gives: FORMS[form].gives, url: row.url, own: true, row },
    ...{ enabled: row.enabled ?? true, staleAfterMs: STALE_AFTER_MS, families: null },
  };
}
