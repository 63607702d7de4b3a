import { expect, it } from 'vitest';
import type { VersionFault } from '../version-fault.ts';
import type { VersionOrder } from '../version-order.ts';
import { dataLines, orderedPairs, TEST_DATA } from './fixtures.ts';

type Sign = '<' | '=' | '>';

/** A table `a < b`: asked in both directions. */
export function itOrders(
  { compare }: VersionOrder,
  cases: readonly (readonly [a: string, sign: Sign, b: string])[],
): void {
  it.each(cases)('%s %s %s', (a, sign, b) => {
    const order = compare(a, b);

    expect('<=>'[order + 1]).toBe(sign);
    expect(compare(b, a)).toBe(0 - order);
  });
}

type Refusal = readonly [what: string, version: string, fault: VersionFault];

const REFUSED_EVERYWHERE: readonly Refusal[] = [
  ['nothing', '', 'empty'],
  ['too many characters', `1${'.1'.repeat(500)}`, 'too-long'],
];

/** For orders whose versions are printable ASCII without blanks. */
export const NOT_PRINTABLE: readonly Refusal[] = [
  ['a space', '1.0 1', 'character'],
  ['a line feed at the end', '1.0\n', 'character'],
  ['a letter outside ASCII', '1.0é', 'character'],
];

export function itRefuses({ faultOf, isValid }: VersionOrder, cases: readonly Refusal[]): void {
  it.each([...REFUSED_EVERYWHERE, ...cases])('refuses %s', (_, version, fault) => {
    expect(faultOf(version)).toBe(fault);
    expect(isValid(version)).toBe(false);
  });
}

/** Every line `A < B` of the files; each of their versions must be valid. */
export function itAgreesWithTheData(order: VersionOrder, files: readonly string[], linesMin: number): void {
  it.skipIf(TEST_DATA === null)(`agrees with every line of ${files.join(' and ')}`, () => {
    const pairs = orderedPairs(files.flatMap((file) => dataLines(`versions/${file}`)));

    const wrong = pairs.filter(({ a, b, order: expected }) => order.compare(a, b) !== expected);

    expect(wrong).toEqual([]);
    expect(pairs.flatMap(({ a, b }) => [a, b]).filter((version) => !order.isValid(version))).toEqual([]);
    expect(pairs.length).toBeGreaterThanOrEqual(linesMin);
  });
}
