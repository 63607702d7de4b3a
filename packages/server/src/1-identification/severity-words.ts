import type { SeverityWords } from '@patchsteward/contract';
import { type Counting, newestPoint, placedRatings, type SsvcPoint } from '@patchsteward/core/2-evaluation';
import type { Policy } from '@patchsteward/core/policy';
import type { Instant } from '@patchsteward/core/vocabulary';
import { familyOf } from '@patchsteward/feeds';
import type { Reader } from '../platform/database.ts';
import { intelligenceBody, timeOf } from './assessment-body.ts';
import { type KeptChange, type Listing, readUrgencyChanges } from './held-store.ts';
import { believedOn, knownOf } from './knowledge.ts';
import { readSaidOf } from './rating-store.ts';
import { describe } from './severity-store.ts';

/** Every source's word on a vulnerability, which one is believed on a distribution, and why. // SOP P2.1 */
export async function severityWords(
  reader: Reader,
  asked: string,
  release: string | undefined,
  policy: Policy,
): Promise<SeverityWords> {
  // Ids are written in capitals; people type them as they come.
  const vulnerability = asked.trim().toUpperCase();
  const scope = release?.trim().toLowerCase() ?? '';
  const distribution = scope === '' ? null : familyOf(scope);
  const { ratings, points } = await readSaidOf(reader, vulnerability);
  const [about] = await describe(reader, [vulnerability]);
  if (about === undefined) throw new TypeError('a vulnerability that is asked about is described');
  const known = { ...about, scope };
  const newest = newestPoint(points);
  return {
    ...{ vulnerability, distribution, voices: [...policy.severity.voices] },
    intelligence: intelligenceBody(knownOf(known)),
    cvss: believedOn(known)?.cvss ?? null,
    ratings: placedRatings(ratings, distribution, policy).map(({ rating, place }) => ({
      ...rating,
      stated: { ...rating.stated },
      at: textOf(rating.at),
      place,
    })),
    points: points.map((point) => pointBody(point, point === newest)),
    elsewhere: Object.entries(known.believed ?? {})
      .filter(([name]) => name !== '')
      .map(([name, { severity, from }]) => ({ distribution: name, severity, from })),
    changes: (await readUrgencyChanges(reader, vulnerability)).map(changeBody),
  };
}

function changeBody(change: KeptChange): SeverityWords['changes'][number] {
  const { at, kind, feed, what } = change;
  const [before, after] =
    change.what === 'rating'
      ? [ratingText(change.before, change.after), ratingText(change.after, change.before)]
      : [listingText(change.before.listed), listingText(change.after.listed)];
  return { at: timeOf(at), kind, feed, what, before, after };
}

/** What of one word is not in the other; all of it is in `severity show` of its day. */
function ratingText(word: Counting, other: Counting): string {
  const named = Object.entries(word.believed).filter(
    ([name, { severity, cvss }]) => other.believed[name]?.severity !== severity || other.believed[name]?.cvss !== cvss,
  );
  const rated = named.map(
    ([name, { severity, from, cvss }]) =>
      `${name === '' ? '' : `on ${name} `}${severity}${cvss === null ? '' : ` ${cvss.toFixed(1)}`}, says ${from ?? 'nobody'}`,
  );
  return [...rated, ...pointText(word.ssvc, other.ssvc)].join('; ') || 'nothing';
}

const AUTOMATABLE = { true: 'attacks can be automated', false: 'attacks cannot be automated', null: '' } as const;

function pointText(point: SsvcPoint | null, other: SsvcPoint | null): string[] {
  if (point === null) return [];
  const { exploitation, automatable, technicalImpact } = point;
  return [
    exploitation === null || exploitation === other?.exploitation
      ? ''
      : `exploitation ${exploitation.replace('_', ' ')}`,
    automatable === other?.automatable ? '' : AUTOMATABLE[`${automatable}`],
    technicalImpact === null || technicalImpact === other?.technicalImpact ? '' : `${technicalImpact} impact`,
  ].filter((text) => text !== '');
}

function listingText(listed: Listing): string {
  if (listed === null) return 'not listed as exploited';
  return `listed as exploited on ${listed.added}${listed.due === null ? '' : `, due ${listed.due}`}`;
}

function pointBody(point: SsvcPoint, counts: boolean): SeverityWords['points'][number] {
  return { ...point, at: textOf(point.at), counts };
}

function textOf(instant: Instant | null): string | null {
  return instant === null ? null : timeOf(instant);
}
