import { type Ecosystem, VERSION_ORDERS, type VersionOrder } from '@patchsteward/core/versions';
import type { Context } from '../platform/context.ts';
import { EXIT, type ExitCode } from '../platform/exit-code.ts';
import { Failure } from '../platform/failure.ts';
import type { Invocation } from '../platform/perform.ts';
import { type NumberedLine, readLines } from '../platform/read-lines.ts';

export interface VersionsCompareOptions {
  readonly ecosystem: Ecosystem;
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

/** Answers line by line, so that it can stand in a pipe; whatever was answered before a bad line stays answered. */
export async function compareVersions(
  { options }: Invocation<VersionsCompareOptions>,
  { stdin, output }: Context,
): Promise<ExitCode> {
  for await (const lines of readLines(stdin, LINE_BYTES_MAX)) {
    const { comparisons, failure } = compareBatch(lines, options.ecosystem);
    if (options.json) await output.jsonLines(comparisons);
    else await output.write(comparisons.map(({ order }) => `${order}\n`).join(''));
    if (failure !== null) throw failure;
  }
  return EXIT.done;
}

/** The comparisons up to the first line that cannot be compared, and why it cannot. */
function compareBatch(lines: readonly NumberedLine[], ecosystem: Ecosystem) {
  const comparisons: Comparison[] = [];
  for (const line of lines) {
    const comparison = compareLine(line, ecosystem, VERSION_ORDERS[ecosystem]);
    if (comparison instanceof Failure) return { comparisons, failure: comparison };
    comparisons.push(comparison);
  }
  return { comparisons, failure: null };
}

function compareLine({ number, text }: NumberedLine, ecosystem: Ecosystem, order: VersionOrder): Comparison | Failure {
  const [a, b, ...rest] = text.trim().split(/[ \t]+/);
  if (a === undefined || b === undefined || rest.length > 0) {
    return new Failure(`line ${number} is not two versions`, 'write "A B" on each line, and only that');
  }
  for (const version of [a, b]) {
    if (!order.isValid(version)) {
      return new Failure(`line ${number}: "${version}" is not a valid ${ecosystem} version`, 'correct that line');
    }
  }
  return { line: number, a, order: SIGNS[order.compare(a, b)], b };
}
