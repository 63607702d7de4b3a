import { existsSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import process from 'node:process';

const folder = resolve(import.meta.dirname, '../../../..', process.env['PATCHSTEWARD_TEST_DATA'] ?? '../shared/data');

/** The folder of real data; null on a machine that has none. */
export const TEST_DATA = existsSync(folder) ? folder : null;

/** The bytes of a file of real data. */
export function dataFile(path: string): Uint8Array {
  if (TEST_DATA === null) throw new Error('no test data: skip the test that wants it');
  return readFileSync(join(TEST_DATA, path));
}
