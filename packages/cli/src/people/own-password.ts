import type { Context } from '../platform/context.ts';
import { EXIT, type ExitCode } from '../platform/exit-code.ts';
import { Failure } from '../platform/failure.ts';
import type { Invocation } from '../platform/perform.ts';
import { readLines } from '../platform/read-lines.ts';
import { withServer } from '../platform/server-client.ts';
import type { ServerOptions } from '../platform/server-options.ts';

/** As the contract has it; four bytes a character. */
const PASSWORD_BYTES_MAX = 1_024;

/** From standard input and never from an argument: the command line of a process is for everybody to read. */
export async function changePassword({ options }: Invocation<ServerOptions>, context: Context): Promise<ExitCode> {
  const [current, next] = await twoLines(context);
  if (current === undefined || next === undefined) {
    throw new Failure('two lines are wanted on standard input', 'give the current password, then the new one', {
      exitCode: EXIT.usage,
    });
  }
  const answer = await withServer(options, context, (client) => client('password.change', { body: { current, next } }));
  if (options.json === true) await context.output.json(answer);
  else await context.output.write('The password is changed, and every session that was open has ended.\n');
  return EXIT.done;
}

async function twoLines({ stdin }: Context): Promise<string[]> {
  const lines: string[] = [];
  for await (const batch of readLines(stdin, PASSWORD_BYTES_MAX)) {
    lines.push(...batch.map(({ text }) => text).filter((text) => text !== ''));
    if (lines.length >= 2) break;
  }
  return lines;
}
