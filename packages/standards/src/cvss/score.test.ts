import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { toNumber } from './decimal.ts';
import { type CvssVersion, METRICS } from './metrics.ts';
import { parseVector } from './parse.ts';
import { type CvssScore, cvssScore } from './score.ts';
import * as version2 from './version-2.ts';
import * as version3 from './version-3.ts';

function scored(vector: string): CvssScore {
  const score = cvssScore(vector);
  if ('fault' in score) throw new Error(`${vector}: ${score.fault} ${score.at}`);
  return score;
}

describe('cvssScore', () => {
  it.each([
    // CVSS v2 guide §3.3: its three examples, with the low and high end of the last.
    ['AV:N/AC:L/Au:N/C:N/I:N/A:C/E:F/RL:OF/RC:C', 7.8, 6.4, null, 'medium'],
    ['AV:N/AC:L/Au:N/C:N/I:N/A:C/E:F/RL:OF/RC:C/CDP:H/TD:H/CR:M/IR:M/AR:H', 7.8, 6.4, 9.2, 'high'],
    ['AV:N/AC:L/Au:N/C:C/I:C/A:C/E:F/RL:OF/RC:C', 10, 8.3, null, 'high'],
    ['AV:L/AC:H/Au:N/C:C/I:C/A:C/E:POC/RL:OF/RC:C', 6.2, 4.9, null, 'medium'],
    // Binary fractions would give 8.5.
    ['AV:N/AC:L/Au:S/C:C/I:C/A:C/E:F/RL:U/RC:C', 9, 8.6, null, 'high'],
    ['AV:N/AC:L/Au:N/C:N/I:N/A:N', 0, null, null, 'low'],
    // The equation would give -0.2.
    ['AV:L/AC:H/Au:M/C:P/I:N/A:N/CR:L', 0.8, null, 0, 'low'],
    // CVSS v3 examples document, and where 3.0 and 3.1 differ.
    ['CVSS:3.0/AV:N/AC:L/PR:L/UI:N/S:C/C:L/I:L/A:N', 6.4, null, null, 'medium'],
    ['CVSS:3.1/AV:N/AC:L/PR:N/UI:R/S:C/C:H/I:H/A:H', 9.6, null, null, 'critical'],
    ['CVSS:3.0/AV:N/AC:L/PR:N/UI:R/S:C/C:H/I:H/A:H/CR:M', 9.6, null, 9.6, 'critical'],
    ['CVSS:3.1/AV:N/AC:L/PR:N/UI:R/S:C/C:H/I:H/A:H/CR:M', 9.6, null, 9.7, 'critical'],
    ['CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:N/I:N/A:N/E:H', 0, 0, null, 'none'],
    // CVSS v4.0 examples.
    ['CVSS:4.0/AV:N/AC:L/AT:N/PR:N/UI:N/VC:H/VI:H/VA:H/SC:H/SI:H/SA:H', 10, null, null, 'critical'],
    ['CVSS:4.0/AV:L/AC:L/AT:P/PR:L/UI:N/VC:H/VI:H/VA:H/SC:N/SI:N/SA:N', 7.3, null, null, 'high'],
    ['CVSS:4.0/AV:L/AC:L/AT:P/PR:L/UI:N/VC:H/VI:H/VA:H/SC:N/SI:N/SA:N/E:U', 7.3, 4.4, null, 'medium'],
    ['CVSS:4.0/AV:N/AC:L/AT:N/PR:N/UI:N/VC:N/VI:N/VA:N/SC:N/SI:N/SA:N/MSA:S', 0, null, 8.9, 'high'],
  ])('of %s', (vector, base, threat, environmental, severity) => {
    const overall = environmental ?? threat ?? base;
    expect(scored(vector)).toMatchObject({ base, threat, environmental, overall, severity });
  });

  it('refuses what is no vector', () => {
    expect(cvssScore('CVSS:3.1/AV:N')).toEqual({ fault: 'metric-missing', at: 'AC' });
  });

  it.each(['2.0', '3.0', '3.1', '4.0'] satisfies CvssVersion[])('of any vector of %s is a score', (version) => {
    fc.assert(
      fc.property(anyVector(version), (vector) => {
        const { base, threat, environmental, overall } = scored(vector);

        for (const score of [base, threat ?? 0, environmental ?? 0, overall]) {
          expect(score).toBeGreaterThanOrEqual(0);
          expect(score).toBeLessThanOrEqual(10);
          expect(Math.round(score * 10) / 10).toBe(score);
        }
        expect(threat ?? 0).toBeLessThanOrEqual(base);
      }),
      { numRuns: 2_000 },
    );
  });

  it.each(['2.0', '3.0', '3.1'] satisfies CvssVersion[])('never falls as the impact of %s grows', (version) => {
    const [worst, less] = version === '2.0' ? ['C:C', 'C:P'] : ['C:H', 'C:L'];
    fc.assert(
      fc.property(anyVector(version), (vector) => {
        const withImpact = (impact: string) => scored(vector.replace(/\/C:[A-Z]/, `/${impact}`)).base;

        expect(withImpact(worst ?? '')).toBeGreaterThanOrEqual(withImpact(less ?? ''));
      }),
    );
  });
});

/** Each base metric with any value; of the others some. */
function anyVector(version: CvssVersion) {
  const parts = METRICS[version].map(({ name, group, values }) => {
    const part = fc.constantFrom(...values).map((value) => [`${name}:${value}`]);
    return group === 'base' ? part : fc.oneof(part, fc.constant<string[]>([]));
  });
  const prefix = version === '2.0' ? '' : `CVSS:${version}/`;
  return fc.tuple(...parts).map((chosen) => prefix + chosen.flat().join('/'));
}

const data = resolve(
  import.meta.dirname,
  '../../../..',
  process.env['PATCHSTEWARD_TEST_DATA'] ?? '../shared/data',
  'cvss',
);

describe('cvssScore on the vectors of the data', () => {
  it.skipIf(!existsSync(data))('agrees with every number', () => {
    const rows = readdirSync(data).flatMap((file) => (file.endsWith('.tsv') ? rowsOf(join(data, file)) : []));

    const wrong = rows.filter(({ vector, expected }) => {
      const numbers = everyNumberOf(vector);
      return expected.some((score, at) => score !== null && score !== numbers[at]);
    });

    expect(wrong).toEqual([]);
    expect(rows.length).toBeGreaterThan(3_800);
  });
});

interface ExpectedRow {
  readonly vector: string;
  readonly expected: readonly (number | null)[];
}

/** Rows `vector<TAB>(base, temporal, environmental)`, of version 4.0 one score; a score of -0.0 is 0. */
function rowsOf(path: string): ExpectedRow[] {
  const lines = readFileSync(path, 'utf8').trimEnd().split('\n').slice(1);
  return lines.map((line) => {
    const [vector = '', scores = ''] = line.split('\t');
    const words = scores.match(/None|[0-9.]+/g) ?? [];
    return { vector, expected: words.map((word) => (word === 'None' ? null : Number(word))) };
  });
}

/** The table holds the environmental score of vectors that define no such metric, too: the equations have one. */
function everyNumberOf(text: string): readonly number[] {
  const vector = parseVector(text);
  if ('fault' in vector) return [];
  if (vector.version === '4.0') return [scored(text).overall];
  const equations = vector.version === '2.0' ? version2 : version3;
  return [equations.baseScore, equations.temporalScore, equations.environmentalScore].map((equation) =>
    toNumber(equation(vector)),
  );
}
