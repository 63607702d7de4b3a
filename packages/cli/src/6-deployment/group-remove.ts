import type { Context } from '../platform/context.ts';
import { EXIT, type ExitCode } from '../platform/exit-code.ts';
import type { Invocation } from '../platform/perform.ts';
import { withServer } from '../platform/server-client.ts';
import type { ServerOptions } from '../platform/server-options.ts';
import { plainText } from '../platform/text.ts';

export async function removeGroup(
  { options, operands }: Invocation<ServerOptions>,
  context: Context,
): Promise<ExitCode> {
  const name = operands[0] ?? '';
  const answer = await withServer(options, context, (client) => client('group.remove', { params: { name } }));
  if (options.json === true) await context.output.json(answer);
  else await context.output.write(`The group ${plainText(name)} is gone.\n`);
  return EXIT.done;
}
