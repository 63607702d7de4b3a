import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { dataLines, TEST_DATA } from '../testing/fixtures.ts';
import { askOracle } from '../testing/oracle.ts';
import { hardPairs, seededRandom } from '../testing/pairs.ts';
import { debOrder } from './index.ts';

const PAIRS = 100_000;
const SEED = 5_6_12;

describe('the deb order', () => {
  it.skipIf(TEST_DATA === null)(`agrees with apt on ${PAIRS} pairs of real and mutated versions`, () => {
    const pairs = hardPairs(realVersions(), PAIRS, seededRandom(SEED), isComparable);

    const answers = askOracle(join(import.meta.dirname, 'oracle.py'), pairs);

    const wrong = pairs.filter(({ a, b }, at) => debOrder.compare(a, b) !== answers[at]);
    expect(wrong).toEqual([]);
    expect(answers.length).toBe(PAIRS);
    expect(new Set(answers).size).toBe(3);
  });
});

/** apt also orders carets and underscores, which no valid version holds: our rank of them must be apt's. */
function isComparable(version: string): boolean {
  return debOrder.isValid(version.replaceAll(/[\^_]/g, '+'));
}

function realVersions(): string[] {
  const archive = ['bookworm', 'bookworm-security', 'bookworm-updates'].flatMap((suite) =>
    dataLines(`debian/archive-index/${suite}.tsv.gz`).slice(1),
  );
  const fixed = dataLines('debian/dsa-dla-osv.jsonl.gz').flatMap((record) =>
    [...record.matchAll(/"fixed": ?"([^"]+)"/g)].map((match) => match[1] ?? ''),
  );
  const versions = archive.flatMap((row) => {
    const [, version = '', , , sourceVersion = ''] = row.split('\t');
    return [version, sourceVersion];
  });
  return [...new Set([...versions, ...fixed])].filter(debOrder.isValid).sort(debOrder.compare);
}
