import fc from 'fast-check';
import { expect, test } from 'vitest';
import { fromBase64, toBase64 } from './base64.ts';

test('bytes and their one text', () => {
  fc.assert(
    fc.property(fc.uint8Array(), (bytes) => {
      expect(fromBase64(toBase64(bytes))).toEqual(Buffer.from(bytes));
    }),
  );
});

test.each(['A', 'AA', 'AAA', 'AB==', 'AAB=', 'AA-_', 'AA AA', 'AAAA\n', '====', 'AAAA=', 'é'])('%j is none', (text) => {
  expect(fromBase64(text)).toBeNull();
});
