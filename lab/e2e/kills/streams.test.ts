import { expect, test } from 'vitest';
import { brokenStreams } from './streams.ts';

const of = (stream: string, ...versions: number[]) => versions.map((version) => ({ stream, version }));

test.each([
  ['nothing at all', [], []],
  ['whole streams in any order', [...of('a', 2, 1, 3), ...of('b', 1)], []],
  ['a gap', [...of('a', 1, 3), ...of('b', 1)], ['a: 1, 3']],
  ['an event twice', of('a', 1, 2, 2), ['a: 1, 2, 2']],
  ['a lost beginning', of('a', 2, 3), ['a: 2, 3']],
])('%s', (_, events, broken) => {
  expect(brokenStreams(events)).toEqual(broken);
});
