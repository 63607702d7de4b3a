import {
  type Decimal,
  decimal,
  isPositive,
  least,
  minus,
  most,
  ONE,
  plus,
  rounded,
  TEN,
  times,
  ZERO,
} from './decimal.ts';
import { type CvssVector, definedValue } from './parse.ts';
import { type Weights, weightOf, weights } from './weight.ts';

// CVSS v2 guide, §3.2
const WEIGHTS: Weights = weights(
  'AV:L 0.395, AV:A 0.646, AV:N 1.0, AC:H 0.35, AC:M 0.61, AC:L 0.71, Au:M 0.45, Au:S 0.56, Au:N 0.704',
  'C:N 0, C:P 0.275, C:C 0.660, I:N 0, I:P 0.275, I:C 0.660, A:N 0, A:P 0.275, A:C 0.660',
  'E:U 0.85, E:POC 0.9, E:F 0.95, E:H 1, RL:OF 0.87, RL:TF 0.90, RL:W 0.95, RL:U 1, RC:UC 0.90, RC:UR 0.95, RC:C 1',
  'CDP:N 0, CDP:L 0.1, CDP:LM 0.3, CDP:MH 0.4, CDP:H 0.5, TD:N 0, TD:L 0.25, TD:M 0.75, TD:H 1',
  'CR:L 0.5, CR:M 1, CR:H 1.51, IR:L 0.5, IR:M 1, IR:H 1.51, AR:L 0.5, AR:M 1, AR:H 1.51',
);
const IMPACT_FACTOR = decimal('10.41');
const F_OF_IMPACT = decimal('1.176');

export function baseScore(vector: CvssVector): Decimal {
  return baseOfImpact(vector, impact([weight(vector, 'C'), weight(vector, 'I'), weight(vector, 'A')]));
}

export function temporalScore(vector: CvssVector): Decimal {
  return temporalOf(vector, baseScore(vector));
}

export function environmentalScore(vector: CvssVector): Decimal {
  const adjusted = impact([
    times(weight(vector, 'C'), weight(vector, 'CR')),
    times(weight(vector, 'I'), weight(vector, 'IR')),
    times(weight(vector, 'A'), weight(vector, 'AR')),
  ]);
  const temporal = temporalOf(vector, baseOfImpact(vector, least(TEN, adjusted)));
  // Collateral damage alone counts nothing where it is not defined.
  const damage = definedValue(vector, 'CDP') === null ? ZERO : weight(vector, 'CDP');
  const withDamage = plus(temporal, times(minus(TEN, temporal), damage));
  return rounded(times(withDamage, weight(vector, 'TD')), 1);
}

function weight(vector: CvssVector, metric: string): Decimal {
  return weightOf(WEIGHTS, vector, metric);
}

function impact(losses: readonly Decimal[]): Decimal {
  return times(IMPACT_FACTOR, minus(ONE, times(...losses.map((loss) => minus(ONE, loss)))));
}

function baseOfImpact(vector: CvssVector, impactScore: Decimal): Decimal {
  // f(Impact) is 0 where there is none.
  if (!isPositive(impactScore)) return ZERO;
  const reach = times(weight(vector, 'AV'), weight(vector, 'AC'), weight(vector, 'Au'));
  const exploitability = times(decimal('20'), reach);
  const sum = plus(times(decimal('0.6'), impactScore), times(decimal('0.4'), exploitability));
  // Requirements can press the sum below 0, which is no score.
  return rounded(times(most(minus(sum, decimal('1.5')), ZERO), F_OF_IMPACT), 1);
}

function temporalOf(vector: CvssVector, base: Decimal): Decimal {
  return rounded(times(base, weight(vector, 'E'), weight(vector, 'RL'), weight(vector, 'RC')), 1);
}
