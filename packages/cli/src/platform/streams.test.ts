import { describe, expect, it } from 'vitest';
import { hasColors, terminalColumns } from './streams.ts';
import { CapturedStream } from './testing/run.ts';

describe('terminalColumns', () => {
  it.each([
    [120, 120],
    [10, 40],
    [0, null],
    [undefined, null],
  ])('of a stream with %s columns is %s', (columns, expected) => {
    expect(terminalColumns(new CapturedStream(columns))).toBe(expected);
  });
});

describe('hasColors', () => {
  it.each([
    ['a terminal', 80, {}, true],
    ['a file', undefined, {}, false],
    ['a person who wants none', 80, { NO_COLOR: '1' }, false],
    ['an empty wish', 80, { NO_COLOR: '' }, true],
    ['a terminal that cannot', 80, { TERM: 'dumb' }, false],
  ])('for %s', (_, columns, environment, expected) => {
    expect(hasColors(new CapturedStream(columns), environment)).toBe(expected);
  });
});
