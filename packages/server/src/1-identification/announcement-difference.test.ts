import fc from 'fast-check';
import { expect, it } from 'vitest';
import { differenceOf } from './announcement-difference.ts';

const MARKS = { same: '=', removed: '-', added: '+' } as const;
const marked = (before: string, after: string) =>
  differenceOf(before, after)?.map(({ kind, text }) => `${MARKS[kind]}${text}`) ?? null;

it.each([
  ['nothing', 'a\nb', 'a\nb', null],
  ['a line', 'a\nb\nc', 'a\nx\nc', ['=a', '-b', '+x', '=c']],
  ['what is new at the end', 'a', 'a\nb', ['=a', '+b']],
  ['what is gone', 'a\nb', 'b', ['-a', '=b']],
  ['everything', 'a', 'b', ['-a', '+b']],
])('says what differs: %s', (_, before, after, expected) => {
  expect(marked(before, after)).toEqual(expected);
});

it('gives both texts back, whatever they are', () => {
  const text = fc
    .array(fc.constantFrom('a', 'b', 'c', ''), { minLength: 1, maxLength: 12 })
    .map((lines) => lines.join('\n'));
  fc.assert(
    fc.property(text, text, (before, after) => {
      const lines =
        differenceOf(before, after) ?? before.split('\n').map((one) => ({ kind: 'same', text: one }) as const);
      const without = (kind: 'added' | 'removed') =>
        lines
          .filter((line) => line.kind !== kind)
          .map((line) => line.text)
          .join('\n');
      expect([without('added'), without('removed')]).toEqual([before, after]);
    }),
  );
});

it('compares no texts of more lines than anybody reads', () => {
  const before = 'a\n'.repeat(2_000);
  const lines = differenceOf(before, `${before}b`) ?? [];

  expect(new Set(lines.map(({ kind }) => kind))).toEqual(new Set(['removed', 'added']));
});
