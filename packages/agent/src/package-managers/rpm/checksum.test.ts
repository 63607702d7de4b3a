import { expect, test } from 'vitest';
import { sha256In } from './checksum.ts';

test.each([
  [
    'escapes of every kind',
    `(2, b'\\x00\\n\\r\\t\\\\\\'"A${'\\xff'.repeat(24)}')`,
    `000a0d095c272241${'ff'.repeat(24)}`,
  ],
  ['double quotes where a single one is in it', `(2, b"'${'a'.repeat(31)}")`, `27${'61'.repeat(31)}`],
  ['another kind of checksum', `(3, b'${'a'.repeat(32)}')`, null],
  ['too few bytes', "(2, b'abc')", null],
  ['another way to write it', 'a'.repeat(64), null],
  ['nothing', '', null],
])('%s', (_, text, expected) => {
  expect(sha256In(text)).toBe(expected);
});
