import { expect, test } from 'vitest';
import { condenseReasons } from './condense-reasons.ts';
import { type Reason, reasonOf } from './reason.ts';

const CASES: readonly (readonly [what: string, given: readonly Reason[], expected: readonly Reason[]])[] = [
  ['nothing', [], []],
  ['one reason stays as it is', [reasonOf('due-passed', 'a', 5)], [reasonOf('due-passed', 'a', 5)]],
  ['one subject twice is one', [reasonOf('backlog', 'a'), reasonOf('backlog', 'a')], [reasonOf('backlog', 'a')]],
  [
    'several subjects are the first and a number',
    [reasonOf('backlog', 'a'), reasonOf('fix-held', 'x'), reasonOf('backlog', 'b'), reasonOf('backlog', 'c')],
    [reasonOf('backlog', 'a and 2 more'), reasonOf('fix-held', 'x')],
  ],
  [
    'the earliest term stands',
    [reasonOf('due-passed', 'a', 9), reasonOf('due-passed', 'b', 3), reasonOf('due-passed', 'c')],
    [reasonOf('due-passed', 'a and 2 more', 3)],
  ],
];

test.each(CASES)('%s', (_, given, expected) => {
  expect(condenseReasons(given)).toEqual(expected);
});
