import { expect, it } from 'vitest';
import { meaningOf, type Shortcut } from './keys.ts';

function shortcut(keys: string, label = keys): Shortcut {
  return { keys, label, run: () => undefined };
}

const KNOWN = [shortcut('j', 'older'), shortcut('g a'), shortcut('g f'), shortcut('j', 'younger')];

it.each([
  [null, 'j', 'run', 'younger'],
  ['g', 'a', 'run', 'g a'],
  ['g', 'f', 'run', 'g f'],
])('after %s, %s runs %s', (before, key, _, label) => {
  expect(meaningOf(KNOWN, before, key)).toMatchObject({ kind: 'run', shortcut: { label } });
});

it.each([
  [null, 'g', 'begin'],
  [null, 'x', 'nothing'],
  ['g', 'x', 'nothing'],
  ['g', 'j', 'nothing'],
  ['g', 'g', 'nothing'],
])('after %s, %s means %s', (before, key, kind) => {
  expect(meaningOf(KNOWN, before, key)).toEqual({ kind });
});
