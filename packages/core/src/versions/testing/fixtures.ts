import { existsSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import process from 'node:process';
import { gunzipSync } from 'node:zlib';

const repositoryRoot = resolve(import.meta.dirname, '../../../../..');

/** The folder of real data; null on a machine that has none. */
export const TEST_DATA = testData();

function testData(): string | null {
  const folder = resolve(repositoryRoot, process.env['PATCHSTEWARD_TEST_DATA'] ?? '../shared/data');
  return existsSync(folder) ? folder : null;
}

/** The lines of a file of real data, unpacked where its name ends in .gz. */
export function dataLines(path: string): string[] {
  if (TEST_DATA === null) throw new Error('no test data: skip the test that wants it');
  const bytes = readFileSync(join(TEST_DATA, path));
  const text = (path.endsWith('.gz') ? gunzipSync(bytes) : bytes).toString('utf8');
  return text.split('\n').filter((line) => line !== '');
}

/** One line of an oracle's table, `A < B`. */
export interface OrderedPair {
  readonly a: string;
  readonly b: string;
  readonly order: -1 | 0 | 1;
}

export function orderedPairs(lines: readonly string[]): OrderedPair[] {
  return lines.map((line) => {
    const [a, sign, b, ...rest] = line.split(' ');
    if (a === undefined || b === undefined || rest.length > 0) throw new Error(`not a line "A < B": ${line}`);
    return { a, b, order: orderOfSign(sign) };
  });
}

export function orderOfSign(sign: string | undefined): -1 | 0 | 1 {
  if (sign === '<') return -1;
  if (sign === '>') return 1;
  if (sign === '=') return 0;
  throw new Error(`not a sign: ${sign}`);
}
