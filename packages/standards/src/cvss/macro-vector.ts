import { type CvssVector, definedValue } from './parse.ts';

/** What counts in version 4.0: the modified value where one is, the worst where nothing is said. // CVSS v4.0 §8.1 */
export function effective(vector: CvssVector, metric: string): string {
  const value = definedValue(vector, `M${metric}`) ?? definedValue(vector, metric) ?? WORST.get(metric);
  if (value === undefined) throw new Error(`a vector has every base metric, ${metric} too`);
  return value;
}

const WORST = new Map([
  ['E', 'A'],
  ['CR', 'H'],
  ['IR', 'H'],
  ['AR', 'H'],
]);

/** The level in each of the six equivalence sets, 0 the most severe. // CVSS v4.0 tables 24 to 29 */
export interface MacroVector {
  readonly eq1: number;
  readonly eq2: number;
  readonly eq3: number;
  readonly eq4: number;
  readonly eq5: number;
  readonly eq6: number;
}

export function macroVectorOf(vector: CvssVector): MacroVector {
  const is = (metric: string, value: string) => effective(vector, metric) === value;
  return { eq1: eq1(is), eq2: eq2(is), eq3: eq3(is), eq4: eq4(is), eq5: eq5(is), eq6: eq6(is) };
}

type Is = (metric: string, value: string) => boolean;

function eq1(is: Is): number {
  const easy = [is('AV', 'N'), is('PR', 'N'), is('UI', 'N')];
  if (easy.every(Boolean)) return 0;
  return easy.some(Boolean) && !is('AV', 'P') ? 1 : 2;
}

function eq2(is: Is): number {
  return is('AC', 'L') && is('AT', 'N') ? 0 : 1;
}

function eq3(is: Is): number {
  if (is('VC', 'H') && is('VI', 'H')) return 0;
  return is('VC', 'H') || is('VI', 'H') || is('VA', 'H') ? 1 : 2;
}

function eq4(is: Is): number {
  if (is('SI', 'S') || is('SA', 'S')) return 0;
  return is('SC', 'H') || is('SI', 'H') || is('SA', 'H') ? 1 : 2;
}

function eq5(is: Is): number {
  if (is('E', 'A')) return 0;
  return is('E', 'P') ? 1 : 2;
}

function eq6(is: Is): number {
  const pairs = [
    ['CR', 'VC'],
    ['IR', 'VI'],
    ['AR', 'VA'],
  ] as const;
  return pairs.some(([requirement, impact]) => is(requirement, 'H') && is(impact, 'H')) ? 0 : 1;
}
