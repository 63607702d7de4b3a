import { expect, test } from 'vitest';
import { placeOf, type ReportChain, type ReportPlace } from './report-chain.ts';

const START: ReportChain = { instance: null, lastSequence: 0, lastHash: null, forked: false };
const THIRD: ReportChain = { instance: 'one', lastSequence: 3, lastHash: 'c', forked: false };

test.each<[string, ReportChain, Parameters<typeof placeOf>[1], string | undefined, ReportPlace]>([
  ['the first report', START, { instance: 'one', sequence: 1, previous: null, hash: 'a' }, undefined, 'next'],
  ['the next report', THIRD, { instance: 'one', sequence: 4, previous: 'c', hash: 'd' }, undefined, 'next'],
  ['a report that was sent twice', THIRD, { instance: 'one', sequence: 3, previous: 'b', hash: 'c' }, 'c', 'known'],
  [
    'an old report that was sent again',
    THIRD,
    { instance: 'one', sequence: 1, previous: null, hash: 'a' },
    'a',
    'known',
  ],
  ['a report after a lost one', THIRD, { instance: 'one', sequence: 5, previous: 'd', hash: 'e' }, undefined, 'gap'],
  [
    'a first report that is not the first',
    START,
    { instance: 'one', sequence: 2, previous: 'a', hash: 'b' },
    undefined,
    'gap',
  ],
  [
    'other words under a number that is taken',
    THIRD,
    { instance: 'one', sequence: 3, previous: 'b', hash: 'x' },
    'c',
    'fork',
  ],
  [
    'a report that does not follow the last',
    THIRD,
    { instance: 'one', sequence: 4, previous: 'x', hash: 'd' },
    undefined,
    'fork',
  ],
  ['a copy of the host', THIRD, { instance: 'two', sequence: 4, previous: 'c', hash: 'd' }, undefined, 'fork'],
  ['a host whose state was lost', THIRD, { instance: 'two', sequence: 1, previous: null, hash: 'a' }, 'a', 'fork'],
  [
    'anything after a fork',
    { ...THIRD, forked: true },
    { instance: 'one', sequence: 4, previous: 'c', hash: 'd' },
    undefined,
    'fork',
  ],
])('%s', (_, chain, report, knownHash, expected) => {
  expect(placeOf(chain, report, knownHash)).toBe(expected);
});
