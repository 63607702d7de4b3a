import {
  type Decimal,
  decimal,
  isPositive,
  least,
  minus,
  ONE,
  plus,
  power,
  rounded,
  roundedUp,
  TEN,
  times,
  ZERO,
} from './decimal.ts';
import { type CvssVector, definedValue } from './parse.ts';
import { type Weights, weightOf, weightOfValue, weights } from './weight.ts';

// CVSS v3.1 specification §7.4; the same in v3.0.
const WEIGHTS: Weights = weights(
  'AV:N 0.85, AV:A 0.62, AV:L 0.55, AV:P 0.2, AC:L 0.77, AC:H 0.44, UI:N 0.85, UI:R 0.62',
  'PR:N 0.85, PR:L 0.62, PR:H 0.27, C:H 0.56, C:L 0.22, C:N 0, I:H 0.56, I:L 0.22, I:N 0, A:H 0.56, A:L 0.22, A:N 0',
  'E:H 1, E:F 0.97, E:P 0.94, E:U 0.91, RL:U 1, RL:W 0.97, RL:T 0.96, RL:O 0.95, RC:C 1, RC:R 0.96, RC:U 0.92',
  'CR:H 1.5, CR:M 1, CR:L 0.5, IR:H 1.5, IR:M 1, IR:L 0.5, AR:H 1.5, AR:M 1, AR:L 0.5',
);
/** Privileges weigh more where the scope changes. */
const CHANGED_SCOPE: Weights = weights('PR:N 0.85, PR:L 0.68, PR:H 0.5');
const MODIFIED_IMPACT_MAX = decimal('0.915');

export function baseScore(vector: CvssVector): Decimal {
  const losses = ['C', 'I', 'A'].map((metric) => weightOf(WEIGHTS, vector, metric));
  const isChanged = definedValue(vector, 'S') === 'C';
  const loss = lossOf(losses);
  return sumOf(vector, isChanged ? changedImpact(loss, impactPower(loss)) : unchangedImpact(loss), isChanged, '');
}

export function temporalScore(vector: CvssVector): Decimal {
  return temporalOf(vector, baseScore(vector));
}

export function environmentalScore(vector: CvssVector): Decimal {
  const losses = ['C', 'I', 'A'].map((metric) =>
    times(weightOf(WEIGHTS, vector, `${metric}R`), modifiedWeight(vector, metric, WEIGHTS)),
  );
  const loss = least(lossOf(losses), MODIFIED_IMPACT_MAX);
  const isChanged = modified(vector, 'S') === 'C';
  const impact = isChanged ? changedImpact(loss, modifiedImpactPower(vector, loss)) : unchangedImpact(loss);
  return temporalOf(vector, sumOf(vector, impact, isChanged, 'M'));
}

function lossOf(losses: readonly Decimal[]): Decimal {
  return minus(ONE, times(...losses.map((loss) => minus(ONE, loss))));
}

function unchangedImpact(loss: Decimal): Decimal {
  return times(decimal('6.42'), loss);
}

function changedImpact(loss: Decimal, raised: Decimal): Decimal {
  return minus(times(decimal('7.52'), minus(loss, decimal('0.029'))), times(decimal('3.25'), raised));
}

function impactPower(loss: Decimal): Decimal {
  return power(minus(loss, decimal('0.02')), 15);
}

/** The one equation that differs in v3.1. // CVSS v3.1 user guide §2.6 */
function modifiedImpactPower({ version }: CvssVector, loss: Decimal): Decimal {
  if (version === '3.0') return impactPower(loss);
  return power(minus(times(loss, decimal('0.9731')), decimal('0.02')), 13);
}

/** Impact and exploitability, of the base (no prefix) or of the modified metrics (M). */
function sumOf(vector: CvssVector, impact: Decimal, isChanged: boolean, prefix: '' | 'M'): Decimal {
  if (!isPositive(impact)) return ZERO;
  const weight = (metric: string, table: Weights) =>
    prefix === 'M' ? modifiedWeight(vector, metric, table) : weightOf(table, vector, metric);
  const exploitability = times(
    decimal('8.22'),
    weight('AV', WEIGHTS),
    weight('AC', WEIGHTS),
    weight('PR', isChanged ? CHANGED_SCOPE : WEIGHTS),
    weight('UI', WEIGHTS),
  );
  const sum = plus(impact, exploitability);
  return roundup(vector, least(isChanged ? times(decimal('1.08'), sum) : sum, TEN));
}

function temporalOf(vector: CvssVector, score: Decimal): Decimal {
  const factors = ['E', 'RL', 'RC'].map((metric) => weightOf(WEIGHTS, vector, metric));
  return roundup(vector, times(score, ...factors));
}

/** The modified metric, or that of the base where it is not defined. */
function modified(vector: CvssVector, metric: string): string {
  const value = definedValue(vector, `M${metric}`) ?? definedValue(vector, metric);
  if (value === null) throw new Error(`a vector has every base metric, ${metric} too`);
  return value;
}

function modifiedWeight(vector: CvssVector, metric: string, table: Weights): Decimal {
  return weightOfValue(table, metric, modified(vector, metric));
}

/** v3.0 rounds up what is there; v3.1 looks at five places only, against noise in the sixth. // CVSS v3.1 Appendix A */
function roundup({ version }: CvssVector, value: Decimal): Decimal {
  return roundedUp(version === '3.0' ? value : rounded(value, 5));
}
