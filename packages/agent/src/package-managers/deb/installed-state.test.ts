import { expect, test } from 'vitest';
import { parseDpkgQuery } from './installed-state.ts';

test.each([
  ['ii \tacme\tall\t1.0', [{ whole: true, hold: false }]],
  ['hi \tacme\tall\t1.0', [{ whole: true, hold: true }]],
  ['iF \tacme\tall\t1.0', [{ whole: false, hold: false }]],
  ['iU \tacme\tall\t1.0', [{ whole: false, hold: false }]],
  ['iHR\tacme\tall\t1.0', [{ whole: false, hold: false }]],
  ['iiR\tacme\tall\t1.0', [{ whole: false, hold: false }]],
  ['it \tacme\tall\t1.0', [{ whole: false, hold: false }]],
  ['rc \tacme\tall\t1.0', []],
  ['un \tacme\t\t', []],
  ['', []],
])('%j', (line, expected) => {
  const found = expected.map((state) => ({
    name: 'acme',
    architecture: 'all',
    version: '1.0',
    coexists: false,
    ...state,
  }));

  expect(parseDpkgQuery(`${line}\n`)).toEqual(found);
});
