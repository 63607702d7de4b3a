import type { Context } from '../platform/context.ts';
import { EXIT, type ExitCode } from '../platform/exit-code.ts';
import type { Invocation } from '../platform/perform.ts';
import { withServer } from '../platform/server-client.ts';
import type { ServerOptions } from '../platform/server-options.ts';
import { momentText } from '../platform/time-text.ts';
import { numberText } from '../platform/words.ts';

export async function showRecord({ options }: Invocation<ServerOptions>, context: Context): Promise<ExitCode> {
  const state = await withServer(options, context, (client) => client('record.show', {}));
  if (options.json === true) {
    await context.output.json(state);
    return EXIT.done;
  }
  const { checkpoint } = state;
  const signed =
    checkpoint === null
      ? 'none yet; the first follows within a minute'
      : `${numberText(checkpoint.size)} entries, ${momentText(checkpoint.at)}`;
  const lines = [`Entries     ${numberText(state.entries)}`, `Checkpoint  ${signed}`, `Key         ${state.key}`];
  if (checkpoint !== null) lines.push('', checkpoint.note.trimEnd());
  await context.output.write(`${lines.join('\n')}\n`);
  return EXIT.done;
}
