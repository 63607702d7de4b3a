import type { Readable } from 'node:stream';
import { EXIT, type ExitCode } from './exit-code.ts';
import { Failure } from './failure.ts';
import type { Output } from './output.ts';
import { type NumberedLine, readLines } from './read-lines.ts';

interface LineWork<Answer> {
  readonly lineBytesMax: number;
  readonly answer: (line: NumberedLine) => Answer | Failure;
  /** One line of text for one answer. */
  readonly print: (answer: Answer) => string;
}

/** Answers line by line, so that it can stand in a pipe; whatever was answered before a bad line stays answered. */
export async function answerLines<Answer>(
  input: Readable,
  work: LineWork<Answer>,
  output: Output,
  json: boolean,
): Promise<ExitCode> {
  for await (const lines of readLines(input, work.lineBytesMax)) {
    const { answers, failure } = answersUpToFailure(lines, work.answer);
    if (json) await output.jsonLines(answers);
    else await output.write(answers.map((answer) => `${work.print(answer)}\n`).join(''));
    if (failure !== null) throw failure;
  }
  return EXIT.done;
}

/** The answers up to the first line that cannot be answered, and why it cannot. */
function answersUpToFailure<Answer>(lines: readonly NumberedLine[], answerOf: LineWork<Answer>['answer']) {
  const answers: Answer[] = [];
  for (const line of lines) {
    const answer = answerOf(line);
    if (answer instanceof Failure) return { answers, failure: answer };
    answers.push(answer);
  }
  return { answers, failure: null };
}
