import { describe, expect, it } from 'vitest';
import { KeyWriter } from './key-writer.ts';

function written(text: string, countLimit: number): number[] {
  const writer = new KeyWriter(text.length);
  writer.digitRun(0x10, countLimit, text, 0, text.length);
  return [...writer.finish()];
}

describe('KeyWriter', () => {
  it.each([
    ['zero as its base alone', '0', [0x10]],
    ['an empty run as zero', '', [0x10]],
    ['no leading zeros', '0042', [0x12, 0x34, 0x32]],
    ['the longest short run', '123', [0x13, 0x31, 0x32, 0x33]],
    ['a long run behind four bytes of count', '1234', [0x14, 0, 0, 0, 4, 0x31, 0x32, 0x33, 0x34]],
  ])('writes %s', (_, text, bytes) => {
    expect(written(text, 4)).toEqual(bytes);
  });

  it('counts past one byte', () => {
    expect(written('7'.repeat(0x0123), 4).slice(0, 5)).toEqual([0x14, 0, 0, 0x01, 0x23]);
  });

  it('hands out a key of its own', () => {
    const writer = new KeyWriter(1);
    writer.byte(1);

    const key = writer.finish();
    writer.byte(2);

    expect([...key]).toEqual([1]);
    expect(key.buffer.byteLength).toBe(1);
  });
});
