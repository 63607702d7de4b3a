import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { dataLines, TEST_DATA } from '../testing/fixtures.ts';
import { askOracle } from '../testing/oracle.ts';
import { hardPairs, seededRandom } from '../testing/pairs.ts';
import { rpmOrder } from './index.ts';

const PAIRS = 100_000;
const SEED = 4_18;

describe('the rpm order', () => {
  it.skipIf(TEST_DATA === null)(`agrees with rpm on ${PAIRS} pairs of real and mutated versions`, () => {
    const pairs = hardPairs(realVersions(), PAIRS, seededRandom(SEED), rpmOrder.isValid);

    const answers = askOracle(join(import.meta.dirname, 'oracle.py'), pairs);

    const wrong = pairs.filter(({ a, b }, at) => rpmOrder.compare(a, b) !== answers[at]);
    expect(wrong).toEqual([]);
    expect(answers.length).toBe(PAIRS);
    expect(new Set(answers).size).toBe(3);
  });
});

function realVersions(): string[] {
  const advisories = dataLines('rhel-family/almalinux-osv.jsonl.gz').flatMap((record) =>
    [...record.matchAll(/"fixed": ?"([^"]+)"/g)].map((match) => match[1] ?? ''),
  );
  return [...new Set(advisories)].sort(rpmOrder.compare);
}
