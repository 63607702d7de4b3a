import { type Decimal, ZERO } from './decimal.ts';
import { macroScoreTenths } from './macro-scores.ts';
import { effective, type MacroVector, macroVectorOf } from './macro-vector.ts';
import type { CvssVector } from './parse.ts';
import { stepsBelowTop } from './severity-distance.ts';

const IMPACTS = ['VC', 'VI', 'VA', 'SC', 'SI', 'SA'];

/** A number that every depth divides: scores interpolate in exact fractions of it. */
const DEPTHS_MULTIPLE = 840;

/** CVSS v4.0 §8.2: the score of the macro vector, less the mean of how far the vector lies below its top in each set. */
export function score(vector: CvssVector): Decimal {
  if (IMPACTS.every((metric) => effective(vector, metric) === 'N')) return ZERO;
  const macro = macroVectorOf(vector);
  const top = tenthsOf(macro);
  if (top === null) throw new Error(`there is a score for every macro vector, ${textOf(macro)} too`);

  const steps = stepsBelowTop(vector, macro);
  const drops = setsOf(macro, steps).flatMap(({ below, depth, steps: taken }) => {
    const lower = Math.max(...below.map((next) => tenthsOf(next) ?? -1));
    return lower < 0 ? [] : [((top - lower) * taken * DEPTHS_MULTIPLE) / depth];
  });
  const parts = DEPTHS_MULTIPLE * Math.max(drops.length, 1);
  const sum = top * parts - drops.reduce((total, drop) => total + drop, 0);
  // All integers, so that halves are halves: they go up.
  const tenths = Math.floor((2 * sum + parts) / (2 * parts));
  return { units: BigInt(Math.max(tenths, 0)), places: 1 };
}

interface EquivalenceSet {
  /** The macro vectors one level below in this set; the highest of those that exist counts. */
  readonly below: readonly MacroVector[];
  /** How many steps lie between the top of the level and the next. // CVSS v4.0 table 30 */
  readonly depth: number;
  readonly steps: number;
}

const DEPTHS = {
  eq1: [1, 4, 5],
  eq2: [1, 2],
  eq3eq6: [
    [7, 6],
    [8, 8],
    [0, 10],
  ],
  eq4: [6, 5, 4],
} as const;

function setsOf(macro: MacroVector, steps: ReturnType<typeof stepsBelowTop>): readonly EquivalenceSet[] {
  const { eq1, eq2, eq3, eq4, eq5, eq6 } = macro;
  return [
    { below: [{ ...macro, eq1: eq1 + 1 }], depth: DEPTHS.eq1[eq1] ?? 1, steps: steps.eq1 },
    { below: [{ ...macro, eq2: eq2 + 1 }], depth: DEPTHS.eq2[eq2] ?? 1, steps: steps.eq2 },
    { below: belowImpact(macro), depth: DEPTHS.eq3eq6[eq3]?.[eq6] ?? 1, steps: steps.eq3eq6 },
    { below: [{ ...macro, eq4: eq4 + 1 }], depth: DEPTHS.eq4[eq4] ?? 1, steps: steps.eq4 },
    // A level of exploit maturity is one value: nothing lies below its top.
    { below: [{ ...macro, eq5: eq5 + 1 }], depth: 1, steps: 0 },
  ];
}

/** EQ3 and EQ6 depend on each other and go down together: from 00 to 01 or 10, from there to 11, then to 21. */
function belowImpact(macro: MacroVector): readonly MacroVector[] {
  const { eq3, eq6 } = macro;
  if (eq3 === 1 && eq6 === 0) return [{ ...macro, eq6: 1 }];
  if (eq6 === 1) return [{ ...macro, eq3: eq3 + 1 }];
  return [
    { ...macro, eq6: 1 },
    { ...macro, eq3: 1 },
  ];
}

function textOf({ eq1, eq2, eq3, eq4, eq5, eq6 }: MacroVector): string {
  return `${eq1}${eq2}${eq3}${eq4}${eq5}${eq6}`;
}

function tenthsOf(macro: MacroVector): number | null {
  return macroScoreTenths(textOf(macro));
}
