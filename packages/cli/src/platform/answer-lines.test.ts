import { describe, expect, it } from 'vitest';
import { answerLines } from './answer-lines.ts';
import { Failure } from './failure.ts';
import { Output } from './output.ts';
import { CapturedStream, inputOf } from './testing/run.ts';

const double = {
  lineBytesMax: 8,
  answer: ({ number, text }: { number: number; text: string }) =>
    /^[0-9]+$/.test(text) ? { twice: Number(text) * 2 } : new Failure(`line ${number} is no number`, 'write one'),
  print: ({ twice }: { twice: number }) => `${twice}`,
};

async function answered(input: string | string[], json = false) {
  const stream = new CapturedStream();
  const ending = answerLines(inputOf(input), double, new Output(stream, {}), json);
  const outcome = await ending.catch((error: unknown) => (error instanceof Failure ? error.message : error));
  return { outcome, text: stream.text };
}

describe('answerLines', () => {
  it.each([
    ['nothing', '', ''],
    ['lines', '1\n2\n', '2\n4\n'],
    ['lines in pieces, the last one open', ['1', '2\n3'], '24\n6\n'],
  ])('answers %s', async (_, input, text) => {
    expect(await answered(input)).toEqual({ outcome: 0, text });
  });

  it('prints an object a line where asked', async () => {
    expect(await answered('1\n2\n', true)).toEqual({ outcome: 0, text: '{"twice":2}\n{"twice":4}\n' });
  });

  it.each([
    ['a bad line', '1\nx\n3\n', 'line 2 is no number'],
    ['a line that is too long', '1\n1234567890\n', 'line 2 is longer than 8 bytes'],
  ])('stops at %s, having answered the lines before it', async (_, input, outcome) => {
    expect(await answered(input)).toEqual({ outcome, text: '2\n' });
  });
});
