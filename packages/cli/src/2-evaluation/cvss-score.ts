import { Readable } from 'node:stream';
import { type CvssScore, cvssScore, VECTOR_FAULTS, type VectorFault } from '@patchsteward/standards/cvss';
import { answerLines } from '../platform/answer-lines.ts';
import type { Context } from '../platform/context.ts';
import type { ExitCode } from '../platform/exit-code.ts';
import { Failure } from '../platform/failure.ts';
import type { Invocation } from '../platform/perform.ts';
import { readInput } from '../platform/read-input.ts';
import type { NumberedLine } from '../platform/read-lines.ts';

/** Ten times a vector of version 4.0 with all its metrics. */
const LINE_BYTES_MAX = 2_048;

interface ScoredVector extends CvssScore {
  readonly line: number;
  readonly vector: string;
}

export async function scoreVectors(
  { options, operands }: Invocation<object>,
  { stdin, output }: Context,
): Promise<ExitCode> {
  const [path] = operands;
  const input = path === undefined ? stdin : Readable.from([await readInput(path)], { objectMode: false });
  const work = {
    lineBytesMax: LINE_BYTES_MAX,
    answer: scoreLine,
    // Scores have one place, 10.0 too.
    print: ({ vector, overall }: ScoredVector) => `${vector} ${overall.toFixed(1)}`,
  };
  return answerLines(input, work, output, options.json ?? false);
}

function scoreLine({ number, text }: NumberedLine): ScoredVector | Failure {
  const vector = text.trim();
  const score = cvssScore(vector);
  return 'fault' in score ? vectorFailure(number, score) : { line: number, vector, ...score };
}

function vectorFailure(line: number, { fault, at }: VectorFault): Failure {
  const what = at === '' ? '' : ` ("${at}")`;
  return new Failure(`line ${line} is not a CVSS vector: ${VECTOR_FAULTS[fault]}${what}`, 'correct that line');
}
