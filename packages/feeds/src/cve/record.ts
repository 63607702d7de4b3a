import { levelOfWord, type SsvcPoint, type WrittenRating } from '@patchsteward/core/2-evaluation';
import type { Instant } from '@patchsteward/core/vocabulary';
import { instantOf } from '../instant.ts';
import { type Quarantined, quarantined } from '../quarantine.ts';
import type { Rated } from '../rated.ts';
import { type Container, type CveRecord, CvssData, OtherMetric } from './schema.ts';
import { ssvcPoint } from './ssvc.ts';

/** By the names of their members. // CVE record format, metrics */
const SCALES = {
  cvssV4_0: 'cvss-4.0',
  cvssV3_1: 'cvss-3.1',
  cvssV3_0: 'cvss-3.0',
  cvssV2_0: 'cvss-2.0',
} as const;

/** Members of free metrics that hold a word of severity. // Red Hat severity rating; MITRE's "Textual description" */
const WORD_MEMBERS = ['value', 'text'];

export interface ReadRecord {
  readonly rated: Rated;
  readonly quarantined: readonly Quarantined[];
}

/** What a CVE record says: its CNA, and each ADP beside it, under their own names. */
export function readCveRecord({ cveMetadata, containers }: CveRecord): ReadRecord {
  const { cveId, state, assignerShortName, dateUpdated, dateRejected, datePublished } = cveMetadata;
  const rejected = state.toUpperCase() === 'REJECTED';
  const modified = firstInstant(dateUpdated, dateRejected, datePublished);
  const reading = new Reading(cveId);
  if (!rejected) {
    reading.read(containers.cna, 'cna', assignerShortName ?? 'CNA');
    for (const container of containers.adp ?? []) reading.read(container, 'adp', 'ADP');
  }
  const { ratings, points, refused } = reading;
  return { rated: { vulnerability: cveId, record: cveId, ratings, points, rejected, modified }, quarantined: refused };
}

function firstInstant(...texts: readonly (string | null | undefined)[]): Instant | null {
  for (const text of texts) {
    // Old records have times without a zone; the list keeps UTC.
    const instant = text == null ? null : instantOf(/[Zz]$|[+-]\d{2}:?\d{2}$/.test(text) ? text : `${text}Z`);
    if (instant !== null) return instant;
  }
  return null;
}

interface Speaker {
  readonly voice: 'cna' | 'adp';
  readonly source: string;
  readonly at: Instant | null;
}

/** Collects what the containers of one record say. */
class Reading {
  readonly ratings: WrittenRating[] = [];
  readonly points: SsvcPoint[] = [];
  readonly refused: Quarantined[] = [];
  readonly #record: string;

  constructor(record: string) {
    this.#record = record;
  }

  read({ metrics, providerMetadata }: Container, voice: Speaker['voice'], unnamed: string): void {
    const source = providerMetadata?.shortName ?? unnamed;
    const speaker: Speaker = { voice, source, at: firstInstant(providerMetadata?.dateUpdated) };
    for (const metric of metrics ?? []) {
      if (typeof metric !== 'object' || metric === null) this.#refuse(source, 'a metric is no object');
      else this.#readMetric(Object.entries(metric), speaker);
    }
  }

  #readMetric(members: readonly (readonly [string, unknown])[], speaker: Speaker): void {
    for (const [name, value] of members) {
      const scale = Object.hasOwn(SCALES, name) ? SCALES[name as keyof typeof SCALES] : null;
      if (scale !== null) this.#readCvss(scale, value, speaker);
      else if (name === 'other') this.#readOther(value, speaker);
    }
  }

  #readCvss(scale: WrittenRating['scale'], value: unknown, speaker: Speaker): void {
    const data = CvssData.safeParse(value);
    if (!data.success) {
      this.#refuse(speaker.source, 'a CVSS metric has no vector');
      return;
    }
    const { vectorString: vector, baseScore, baseSeverity } = data.data;
    this.#rate({ scale, vector, stated: { score: baseScore ?? null, level: baseSeverity ?? null } }, speaker);
  }

  #readOther(value: unknown, speaker: Speaker): void {
    const other = OtherMetric.safeParse(value);
    if (!other.success) {
      this.#refuse(speaker.source, 'a metric of another kind has no content');
      return;
    }
    const { type, content } = other.data;
    if (type.toLowerCase() === 'ssvc') {
      const point = ssvcPoint(content, speaker.source);
      if (typeof point === 'string') this.#refuse(speaker.source, point);
      else this.points.push(point);
      return;
    }
    // The catalog of CISA is a feed of its own, and newer than what records repeat of it.
    const word = WORD_MEMBERS.map((member) => content[member]).find((text) => typeof text === 'string');
    if (word === undefined || levelOfWord(word) === null) return;
    this.#rate({ scale: 'words', vector: null, stated: { score: null, level: word } }, speaker);
  }

  #rate(said: Pick<WrittenRating, 'scale' | 'vector' | 'stated'>, { voice, source, at }: Speaker): void {
    this.ratings.push({ voice, source, distribution: null, record: this.#record, at, ...said });
  }

  #refuse(source: string, problem: string): void {
    this.refused.push(quarantined(`${this.#record}: ${source}`, problem));
  }
}
