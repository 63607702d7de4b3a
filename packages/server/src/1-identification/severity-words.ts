import type { SeverityWords } from '@patchsteward/contract';
import { newestPoint, placedRatings, type SsvcPoint } from '@patchsteward/core/2-evaluation';
import type { Policy } from '@patchsteward/core/policy';
import type { Instant } from '@patchsteward/core/vocabulary';
import { familyOf } from '@patchsteward/feeds';
import type { Reader } from '../platform/database.ts';
import { intelligenceBody, timeOf } from './assessment-body.ts';
import { believedBy } from './believing.ts';
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
  const known = { ...about, believed: believedBy(ratings, policy), scope };
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
    elsewhere: Object.entries(known.believed)
      .filter(([name]) => name !== '')
      .map(([name, { severity, from }]) => ({ distribution: name, severity, from })),
  };
}

function pointBody(point: SsvcPoint, counts: boolean): SeverityWords['points'][number] {
  return { ...point, at: textOf(point.at), counts };
}

function textOf(instant: Instant | null): string | null {
  return instant === null ? null : timeOf(instant);
}
