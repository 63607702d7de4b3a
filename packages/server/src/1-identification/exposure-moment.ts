import type { Instant } from '@patchsteward/core/vocabulary';
import { Refusal } from '../platform/http/refusal.ts';
import type { Known } from './knowledge.ts';

const DAY_MS = 86_400_000;

/** The moment that a question is about; null: now. A day is taken as its end, and today as now. */
export function momentOf(at: string | undefined, now: Instant): Instant | null {
  if (at === undefined) return null;
  const isDay = !at.includes('T');
  const moment = Date.parse(isDay ? `${at}T00:00:00Z` : at);
  if (moment > now) {
    throw new Refusal('bad-request', 'That day is still to come.', {
      details: [{ path: 'query.at', problem: 'ask for a day of the past, or leave it out for now' }],
    });
  }
  return Math.min(isDay ? moment + DAY_MS - 1 : moment, now);
}

/** What was known of a vulnerability then. Figures that were replaced since are not kept: they are left out. */
export function knownThen(known: Known, at: Instant | null): Known {
  if (at === null) return known;
  const { knownExploited, epss } = known.sourced;
  return {
    sourced: {
      ...known.sourced,
      knownExploited: knownExploited !== null && knownExploited.added <= at ? knownExploited : null,
      epss: epss !== null && epss.date <= at ? epss : null,
    },
    said: known.said !== null && known.said.at <= at ? known.said : null,
    held: known.held !== null && known.held.since <= at ? known.held : null,
  };
}
