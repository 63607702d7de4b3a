import { describe, expect, it } from 'vitest';
import { columnsOf, cutToColumns, plainText } from './text.ts';

describe('plainText', () => {
  it.each([
    ['leaves a name', 'libssl3', 'libssl3'],
    ['leaves other scripts', 'naïve 漢字', 'naïve 漢字'],
    ['joins lines', 'a\n b\r\n\tc', 'a b c'],
    ['takes out what steers a terminal', '\u001b[31mred\u0007', '\ufffd[31mred\ufffd'],
    ['takes out the one-byte form of it', '\u009b31m', '\ufffd31m'],
    ['takes out what turns the reading direction', 'a\u202eb\u2066c', 'a\ufffdb\ufffdc'],
    ['takes out NUL and DEL', '\u0000\u007f', '\ufffd\ufffd'],
  ])('%s', (_, text, plain) => {
    expect(plainText(text)).toBe(plain);
  });
});

describe('columnsOf', () => {
  it.each([
    ['', 0],
    ['abc', 3],
    ['naïve', 5],
    ['nai\u0308ve', 5],
    ['漢字', 4],
    ['🙂', 2],
  ])('of %j is %i', (text, columns) => {
    expect(columnsOf(text)).toBe(columns);
  });
});

describe('cutToColumns', () => {
  it.each([
    ['abcdef', 6, 'abcdef'],
    ['abcdef', 5, 'abcd…'],
    ['漢字漢', 5, '漢字…'],
    ['漢字漢', 4, '漢…'],
    ['abc', 1, '…'],
  ])('%j to %i', (text, columns, cut) => {
    expect(cutToColumns(text, columns)).toBe(cut);
    expect(columnsOf(cut)).toBeLessThanOrEqual(columns);
  });
});
