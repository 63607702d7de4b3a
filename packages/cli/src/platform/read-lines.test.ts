import { describe, expect, it } from 'vitest';
import { Failure } from './failure.ts';
import { readLines } from './read-lines.ts';
import { inputOf } from './testing/run.ts';

/** The lines handed out, and the failure that ended the reading. */
async function linesOf(chunks: readonly (string | Uint8Array)[]) {
  const lines: string[] = [];
  try {
    for await (const batch of readLines(inputOf(chunks), 10)) {
      for (const { number, text } of batch) lines.push(`${number}:${text}`);
    }
  } catch (error) {
    return { lines, error };
  }
  return { lines, error: null };
}

describe('readLines', () => {
  it.each([
    ['nothing', [], []],
    ['one line', ['a\n'], ['1:a']],
    ['a last line without a line feed', ['a\nb'], ['1:a', '2:b']],
    ['empty lines', ['\n\na\n'], ['1:', '2:', '3:a']],
    ['CR LF', ['a\r\nb\r\n'], ['1:a', '2:b']],
    ['a CR LF torn apart', ['a\r', '\nb'], ['1:a', '2:b']],
    ['lines torn apart', ['a', 'b\nc', 'd\n', 'e'], ['1:ab', '2:cd', '3:e']],
    ['a character torn apart', [Uint8Array.of(0xc3), Uint8Array.of(0xa9, 0x0a)], ['1:é']],
    ['a byte order mark', ['\ufeffa\n\ufeffb'], ['1:a', '2:\ufeffb']],
    ['a line of the greatest length', ['1234567890\n1234567890'], ['1:1234567890', '2:1234567890']],
  ])('reads %s', async (_, chunks, lines) => {
    expect(await linesOf(chunks)).toEqual({ lines, error: null });
  });

  it.each([
    ['a finished line that is too long', ['a\n12345678901\nb\n'], 'line 2 is longer than 10 bytes'],
    ['a line that does not end', ['a\n123456', '78901', 'never read'], 'line 2 is longer than 10 bytes'],
    ['a last line that is too long', ['a\n12345678901'], 'line 2 is longer than 10 bytes'],
    ['wrong bytes', ['a\n', Uint8Array.of(0xff), '\nb\n'], 'line 2 is not UTF-8 text'],
    ['half a character at the end', ['a\n', Uint8Array.of(0xc3)], 'line 2 is not UTF-8 text'],
  ])('hands out what comes before %s', async (_, chunks, message) => {
    const { lines, error } = await linesOf(chunks);

    expect(lines).toEqual(['1:a']);
    expect(error).toBeInstanceOf(Failure);
    expect(error).toHaveProperty('message', message);
  });
});
