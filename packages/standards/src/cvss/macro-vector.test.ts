import { describe, expect, it } from 'vitest';
import { macroScoreTenths } from './macro-scores.ts';
import { effective, macroVectorOf } from './macro-vector.ts';
import { parseVector } from './parse.ts';
import { stepsBelowTop } from './severity-distance.ts';

function read(metrics: string) {
  const vector = parseVector(`CVSS:4.0/${metrics}`);
  if ('fault' in vector) throw new Error(vector.fault);
  return vector;
}

const WORST = 'AV:N/AC:L/AT:N/PR:N/UI:N/VC:H/VI:H/VA:H/SC:H/SI:H/SA:H';

describe('macroVectorOf', () => {
  it.each([
    [`${WORST}/MSI:S`, '000000'],
    [WORST, '000100'],
    [`${WORST}/E:U/CR:L/IR:M/AR:L`, '000121'],
    ['AV:P/AC:H/AT:P/PR:H/UI:A/VC:L/VI:L/VA:N/SC:L/SI:N/SA:N/E:P', '212211'],
    ['AV:A/AC:L/AT:P/PR:N/UI:P/VC:H/VI:L/VA:N/SC:N/SI:N/SA:N/CR:M', '111201'],
    ['AV:P/AC:L/AT:N/PR:N/UI:N/VC:N/VI:N/VA:H/SC:N/SI:N/SA:L', '201200'],
  ])('of %s', (metrics, expected) => {
    expect(Object.values(macroVectorOf(read(metrics))).join('')).toBe(expected);
  });

  it('takes the modified value, and the worst where nothing is said', () => {
    const vector = read(`${WORST}/MAV:P/MPR:X`);

    expect(['AV', 'PR', 'E', 'CR'].map((metric) => effective(vector, metric))).toEqual(['P', 'N', 'A', 'H']);
  });
});

describe('macroScoreTenths', () => {
  it.each([
    ['000000', 100],
    ['100000', 98],
    ['212221', 1],
    ['002000', null],
    ['300000', null],
  ])('of %s is %s', (macroVector, tenths) => {
    expect(macroScoreTenths(macroVector)).toBe(tenths);
  });

  it('never rises from a level to the next in EQ1, EQ2, EQ4 and EQ5', () => {
    const digits = [0, 1, 2];
    const all = digits.flatMap((a) =>
      digits.flatMap((b) =>
        digits.flatMap((c) =>
          digits.flatMap((d) => digits.flatMap((e) => digits.map((f) => `${a}${b}${c}${d}${e}${f}`))),
        ),
      ),
    );
    const known = all.filter((macroVector) => macroScoreTenths(macroVector) !== null);

    expect(known).toHaveLength(270);
    for (const macroVector of known) {
      for (const at of [0, 1, 3, 4]) {
        const next = macroVector.slice(0, at) + (Number(macroVector[at]) + 1) + macroVector.slice(at + 1);
        expect(macroScoreTenths(next) ?? 0).toBeLessThanOrEqual(macroScoreTenths(macroVector) ?? 0);
      }
    }
  });
});

describe('stepsBelowTop', () => {
  it.each([
    [WORST, { eq1: 0, eq2: 0, eq3eq6: 0, eq4: 0 }],
    [WORST.replace('VA:H', 'VA:N'), { eq1: 0, eq2: 0, eq3eq6: 2, eq4: 0 }],
    ['AV:P/AC:H/AT:P/PR:H/UI:A/VC:L/VI:L/VA:N/SC:L/SI:N/SA:N/E:P', { eq1: 4, eq2: 1, eq3eq6: 1, eq4: 2 }],
  ])('of %s', (metrics, expected) => {
    const vector = read(metrics);

    expect(stepsBelowTop(vector, macroVectorOf(vector))).toEqual(expected);
  });
});
