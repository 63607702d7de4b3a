import fc from 'fast-check';
import { expect, test } from 'vitest';
import { Deb822Error, paragraphsOf } from './deb822.ts';

const WANTED = new Set(['package', 'description']);

function read(text: string): object[] {
  return [...paragraphsOf(text, WANTED)].map(({ fields, line }) => ({ line, ...Object.fromEntries(fields) }));
}

test.each([
  ['nothing', '', []],
  ['blank lines only', '\n\n  \n\t\n', []],
  ['one paragraph', 'Package: a\nOther: x\n', [{ line: 1, package: 'a' }]],
  ['no line end at the end', 'Package: a', [{ line: 1, package: 'a' }]],
  [
    'several blank lines between',
    'Package: a\n\n\n \nPackage: b\n',
    [
      { line: 1, package: 'a' },
      { line: 5, package: 'b' },
    ],
  ],
  ['names in any case', 'PACKAGE: a\n', [{ line: 1, package: 'a' }]],
  ['spaces around the value', 'Package:   a b  \n', [{ line: 1, package: 'a b' }]],
  ['no space after the colon', 'Package:a\n', [{ line: 1, package: 'a' }]],
  ['a colon in the value', 'Package: a:b\n', [{ line: 1, package: 'a:b' }]],
  ['Windows line ends', 'Package: a\r\nDescription: d\r\n e\r\n\r\n', [{ line: 1, package: 'a', description: 'd\ne' }]],
  [
    'continuations',
    'Description: d\n e\n .\n\tf\nPackage: a\n',
    [{ line: 1, description: 'd\ne\n.\nf', package: 'a' }],
  ],
  ['continuations of an unwanted field', 'Other: x\n Package: y\nPackage: a\n', [{ line: 1, package: 'a' }]],
  ['an empty value', 'Package:\n', [{ line: 1, package: '' }]],
])('%s', (_, text, expected) => {
  expect(read(text)).toEqual(expected);
});

test.each([
  ['a line without a colon', 'Package: a\nnonsense\n', 2],
  ['a continuation at the start', ' b\n', 1],
  ['a continuation after a blank line', 'Package: a\n\n b\n', 3],
  ['the same field twice', 'Package: a\nX: 1\npackage: b\n', 3],
  ['no name before the colon', ': a\n', 1],
  ['a space within the name', 'Pack age: a\n', 1],
  ['a comment sign', '# Package: a\n', 1],
  ['packed bytes', '\u001f\u008b\u0008\u0000abc:\n', 1],
])('%s is refused with its line', (_, text, line) => {
  expect(() => read(text)).toThrow(expect.objectContaining({ line }));
  expect(() => read(text)).toThrow(Deb822Error);
});

test('a field that is not wanted may appear twice only in another paragraph', () => {
  expect(() => read('X: 1\nX: 2\n')).toThrow(Deb822Error);
  expect(read('X: 1\n\nX: 2\n')).toHaveLength(2);
});

test('what is written as paragraphs is read as the same paragraphs', () => {
  const name = fc.stringMatching(/^[A-Za-z][A-Za-z0-9-]{0,20}$/);
  const value = fc.stringMatching(/^[!-~]([ -~]{0,30}[!-~])?$/);
  const paragraph = fc.uniqueArray(fc.tuple(name, value), {
    minLength: 1,
    selector: ([field]) => field.toLowerCase(),
  });
  fc.assert(
    fc.property(fc.array(paragraph, { maxLength: 8 }), (paragraphs) => {
      const text = paragraphs
        .map((fields) => fields.map(([field, words]) => `${field}: ${words}\n`).join(''))
        .join('\n');
      const wanted = new Set(paragraphs.flat().map(([field]) => field.toLowerCase()));

      const found = [...paragraphsOf(text, wanted)].map(({ fields }) => Object.fromEntries(fields));

      expect(found).toEqual(
        paragraphs.map((fields) => Object.fromEntries(fields.map(([field, words]) => [field.toLowerCase(), words]))),
      );
    }),
  );
});
