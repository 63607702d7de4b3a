import { ALL_VERSION_ORDERS, type VersionEcosystem } from '@patchsteward/core/versions';
import { answerLines } from '../platform/answer-lines.ts';
import type { Context } from '../platform/context.ts';
import type { ExitCode } from '../platform/exit-code.ts';
import { Failure } from '../platform/failure.ts';
import type { Invocation } from '../platform/perform.ts';
import type { NumberedLine } from '../platform/read-lines.ts';
import { versionFailure } from './version-failure.ts';

export interface VersionsCompareOptions {
  readonly ecosystem: VersionEcosystem;
}

/** Two versions of the greatest valid length and room between them. */
const LINE_BYTES_MAX = 4_096;

const SIGNS = { [-1]: '<', 0: '=', 1: '>' } as const;

interface Comparison {
  readonly line: number;
  readonly a: string;
  readonly order: '<' | '=' | '>';
  readonly b: string;
}

export function compareVersions(
  { options }: Invocation<VersionsCompareOptions>,
  { stdin, output }: Context,
): Promise<ExitCode> {
  const work = {
    lineBytesMax: LINE_BYTES_MAX,
    answer: (line: NumberedLine) => compareLine(line, options.ecosystem),
    print: ({ order }: Comparison) => order,
  };
  return answerLines(stdin, work, output, options.json ?? false);
}

function compareLine({ number, text }: NumberedLine, ecosystem: VersionEcosystem): Comparison | Failure {
  const [a, b, ...rest] = text.trim().split(/[ \t]+/);
  if (a === undefined || b === undefined || rest.length > 0) {
    return new Failure(`line ${number} is not two versions`, 'write "A B" on each line, and only that');
  }
  const failure = versionFailure(number, a, ecosystem) ?? versionFailure(number, b, ecosystem);
  return failure ?? { line: number, a, order: SIGNS[ALL_VERSION_ORDERS[ecosystem].compare(a, b)], b };
}
