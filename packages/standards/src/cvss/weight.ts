import { type Decimal, decimal, ONE } from './decimal.ts';
import { type CvssVector, definedValue } from './parse.ts';

/** The weights of metrics, as the standard prints them: `AV` and its value to a number. */
export type Weights = ReadonlyMap<string, Decimal>;

/** From `AV:L .395, AV:A .646` to a table. */
export function weights(...lines: readonly string[]): Weights {
  const entries = lines
    .flatMap((line) => line.split(', '))
    .map((entry): [string, Decimal] => {
      const [name = '', weight = ''] = entry.split(' ');
      return [name, decimal(weight)];
    });
  return new Map(entries);
}

/** The weight of a value; 1 where the metric is not defined, as all tables have it. */
export function weightOf(table: Weights, vector: CvssVector, metric: string): Decimal {
  const value = definedValue(vector, metric);
  return value === null ? ONE : weightOfValue(table, metric, value);
}

export function weightOfValue(table: Weights, metric: string, value: string): Decimal {
  const weight = table.get(`${metric}:${value}`);
  if (weight === undefined) throw new Error(`the standard has a weight for ${metric}:${value}`);
  return weight;
}
