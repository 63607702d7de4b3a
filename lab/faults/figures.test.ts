import { expect, it } from 'vitest';
import { counted, type FaultFigures, figuresText, proves } from './figures.ts';

const GOOD: FaultFigures = {
  ...{ kind: 'apt-dpkg', seed: 7, asked: 3, struck: { dpkg: 2, 'apt-get': 1 }, late: 1, runs: 2, converged: 2 },
  ...{ falseSuccesses: 0, lost: 0, doubled: 0, faults: [], tookMs: 61_400 },
};

it('as often as asked for, and nothing wrong: that holds', () => {
  expect(proves(GOOD)).toBe(true);
  expect(figuresText(GOOD)).toBe(`kind                   apt-dpkg
seed                   7
asked for              3
struck in time         3 (2 dpkg, 1 apt-get)
too late, not counted  1
converged              2 of 2
false successes        0
lost                   0
doubled                0
took                   61 s
held
`);
});

it.each<[string, Partial<FaultFigures>, string]>([
  ['less often than asked for', { struck: { dpkg: 2 } }, 'no proof: 1 fewer than asked for struck in time'],
  ['nothing at all', { struck: {}, runs: 0, converged: 0 }, 'no proof: 3 fewer'],
  ['another end than it must have', { converged: 1 }, 'did not hold'],
  ['a false success', { falseSuccesses: 1 }, 'did not hold'],
  ['lost', { lost: 1 }, 'did not hold'],
  ['doubled', { doubled: 1 }, 'did not hold'],
  ['anything else', { faults: ['a surprise'] }, '  a surprise\ndid not hold'],
])('%s: that is no proof, and it says so', (_, wrong, words) => {
  const figures = { ...GOOD, ...wrong };

  expect(proves(figures)).toBe(false);
  expect(figuresText(figures)).toContain(words);
});

it('of many faults the first are shown, and the rest counted', () => {
  const text = figuresText({ ...GOOD, faults: Array.from({ length: 25 }, (_, index) => `fault ${index}`) });
  expect(text).toContain('  fault 19\n  and 5 more\n');
});

it('names are counted', () => {
  expect(counted(['dpkg', 'apt-get', 'dpkg'])).toEqual({ dpkg: 2, 'apt-get': 1 });
});
