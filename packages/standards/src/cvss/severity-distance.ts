import { effective, type MacroVector } from './macro-vector.ts';
import type { CvssVector } from './parse.ts';

/** The values of a metric from the most severe down; the place is the level. // CVSS v4.0 §8.2 */
const LEVELS: Readonly<Record<string, string>> = {
  AV: 'NALP',
  PR: 'NLH',
  UI: 'NPA',
  AC: 'LH',
  AT: 'NP',
  VC: 'HLN',
  VI: 'HLN',
  VA: 'HLN',
  SC: '-HLN',
  SI: 'SHLN',
  SA: 'SHLN',
  CR: 'HML',
  IR: 'HML',
  AR: 'HML',
};

/** The most severe vectors of each level: values in the order of the metrics. // CVSS v4.0 table 30 */
const EQ1 = { metrics: ['AV', 'PR', 'UI'], tops: [['NNN'], ['ANN', 'NLN', 'NNP'], ['PNN', 'ALP']] };
const EQ2 = { metrics: ['AC', 'AT'], tops: [['LN'], ['HN', 'LP']] };
const EQ4 = { metrics: ['SC', 'SI', 'SA'], tops: [['HSS'], ['HHH'], ['LLL']] };
const EQ3EQ6 = {
  metrics: ['VC', 'VI', 'VA', 'CR', 'IR', 'AR'],
  tops: [
    [['HHHHHH'], ['HHLMMH', 'HHHMMM']],
    [
      ['LHHHHH', 'HLHHHH'],
      ['LHLHMH', 'LHHHMM', 'HLHMHM', 'HLLMHH', 'LLHHHM'],
    ],
    [[], ['LLLHHH']],
  ],
};

/** How many steps the vector lies below the top of its macro vector, in each set. */
export function stepsBelowTop(vector: CvssVector, { eq1, eq2, eq3, eq4, eq6 }: MacroVector) {
  return {
    eq1: steps(vector, EQ1.metrics, EQ1.tops[eq1] ?? []),
    eq2: steps(vector, EQ2.metrics, EQ2.tops[eq2] ?? []),
    eq3eq6: steps(vector, EQ3EQ6.metrics, EQ3EQ6.tops[eq3]?.[eq6] ?? []),
    eq4: steps(vector, EQ4.metrics, EQ4.tops[eq4] ?? []),
  };
}

/** Below the first top that is at least as severe in every metric. */
function steps(vector: CvssVector, metrics: readonly string[], tops: readonly string[]): number {
  for (const top of tops) {
    const distances = metrics.map(
      (metric, at) => levelOf(metric, effective(vector, metric)) - levelOf(metric, top[at]),
    );
    if (distances.every((distance) => distance >= 0)) return distances.reduce((sum, distance) => sum + distance, 0);
  }
  throw new Error(`every vector lies below a top of its macro vector: ${metrics.join()}`);
}

function levelOf(metric: string, value: string | undefined): number {
  const level = LEVELS[metric]?.indexOf(value ?? '') ?? -1;
  if (level < 0) throw new Error(`${metric} has no level ${value}`);
  return level;
}
