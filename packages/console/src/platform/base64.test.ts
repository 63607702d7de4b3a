import fc from 'fast-check';
import { expect, it } from 'vitest';
import { fromBase64, fromBase64Url, toBase64 } from './base64.ts';

it('bytes and texts are those that a server has for each other', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 300 }), (bytes) => {
      const text = Buffer.from(bytes).toString('base64');
      expect(toBase64(bytes)).toBe(text);
      expect(toBase64(Uint8Array.from(bytes).buffer)).toBe(text);
      expect(fromBase64(text)).toEqual(Uint8Array.from(bytes));
      expect(fromBase64Url(Buffer.from(bytes).toString('base64url'))).toEqual(Uint8Array.from(bytes));
    }),
  );
});

it('a part of a buffer is that part alone', () => {
  const whole = Uint8Array.of(1, 2, 3, 4);
  expect(toBase64(whole.subarray(1, 3))).toBe('AgM=');
});
