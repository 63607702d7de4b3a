import type { Context } from '../platform/context.ts';
import { EXIT } from '../platform/exit-code.ts';
import { Failure } from '../platform/failure.ts';
import { readLines } from '../platform/read-lines.ts';

/** Of an answer to a question. */
const ANSWER_BYTES_MAX = 1_024;

/** Asks before something is signed. A pipe that says nothing is no yes. */
export async function confirm(question: string, yes: boolean, context: Context): Promise<void> {
  if (yes) return;
  context.note(`${question} Type "yes" to sign:`);
  for await (const batch of readLines(context.stdin, ANSWER_BYTES_MAX)) {
    const [first] = batch;
    if (first?.text.trim().toLowerCase() === 'yes') return;
    if (first !== undefined) break;
  }
  throw new Failure('nothing was signed', 'answer "yes", or give --yes in a script that read the plan before', {
    exitCode: EXIT.failed,
  });
}
