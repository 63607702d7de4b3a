import type { Context } from './context.ts';
import { EXIT } from './exit-code.ts';
import { Failure } from './failure.ts';
import { readLines } from './read-lines.ts';

/** Of an answer to a question. */
const ANSWER_BYTES_MAX = 1_024;

/** Asks before something is said under a person's name. A pipe that says nothing is no yes. */
export async function confirm(question: string, yes: boolean, context: Context): Promise<void> {
  if (yes) return;
  context.note(`${question} Type "yes" to go on:`);
  for await (const batch of readLines(context.stdin, ANSWER_BYTES_MAX)) {
    const [first] = batch;
    if (first?.text.trim().toLowerCase() === 'yes') return;
    if (first !== undefined) break;
  }
  throw new Failure('nothing was said', 'answer "yes", or give --yes in a script that looked before', {
    exitCode: EXIT.failed,
  });
}
