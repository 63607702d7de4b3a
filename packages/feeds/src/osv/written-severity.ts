import type { RatingScale, WrittenRating } from '@patchsteward/core/2-evaluation';

type Rated = Pick<WrittenRating, 'scale' | 'vector' | 'stated'>;

/** As which type a scale is written, and what a vector of it looks like. // OSV severity[].score */
const TYPES: Readonly<Record<Exclude<RatingScale, 'words'>, readonly [type: string, vector: RegExp]>> = {
  'cvss-2.0': [
    'CVSS_V2',
    /^(?:(?:AV:[NAL]|AC:[LMH]|Au:[MSN]|[CIA]:[NPC]|E:(?:U|POC|F|H|ND)|RL:(?:OF|TF|W|U|ND)|RC:(?:UC|UR|C|ND))(?:\/(?!$)|$))+$/,
  ],
  'cvss-3.0': [
    'CVSS_V3',
    /^CVSS:3\.0(?:\/(?:AV:[NALP]|AC:[LH]|PR:[NLH]|UI:[NR]|S:[UC]|[CIA]:[NLH]|E:[XUPFH]|RL:[XOTWU]|RC:[XURC]))+$/,
  ],
  'cvss-3.1': [
    'CVSS_V3',
    /^CVSS:3\.[01](?:\/(?:AV:[NALP]|AC:[LH]|PR:[NLH]|UI:[NR]|S:[UC]|[CIA]:[NLH]|E:[XUPFH]|RL:[XOTWU]|RC:[XURC]))+$/,
  ],
  'cvss-4.0': [
    'CVSS_V4',
    /^CVSS:4\.0\/AV:[NALP]\/AC:[LH]\/AT:[NP]\/PR:[NLH]\/UI:[NPA]\/VC:[HLN]\/VI:[HLN]\/VA:[HLN]\/SC:[HLN]\/SI:[HLN]\/SA:[HLN](?:\/E:[XAPU])?$/,
  ],
};

/** The vectors that OSV would take; each once. */
export function writtenSeverity(ratings: readonly Rated[]): { readonly type: string; readonly score: string }[] {
  const written = new Map<string, { readonly type: string; readonly score: string }>();
  for (const { scale, vector } of ratings) {
    if (scale === 'words' || vector === null) continue;
    const [type, form] = TYPES[scale];
    if (form.test(vector)) written.set(vector, { type, score: vector });
  }
  return [...written.values()];
}

/** The word of a source that has words; null: none has. */
export function writtenWord(ratings: readonly Rated[]): string | null {
  return ratings.find(({ scale }) => scale === 'words')?.stated.level?.toUpperCase() ?? null;
}
