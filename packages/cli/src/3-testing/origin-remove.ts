import type { Context } from '../platform/context.ts';
import { EXIT, type ExitCode } from '../platform/exit-code.ts';
import type { Invocation } from '../platform/perform.ts';
import { withServer } from '../platform/server-client.ts';
import type { ServerOptions } from '../platform/server-options.ts';
import { plainText } from '../platform/text.ts';
import { nameOf, originNamed } from './origin-named.ts';

export async function removeOrigin(
  { options, operands }: Invocation<ServerOptions>,
  context: Context,
): Promise<ExitCode> {
  const origin = await withServer(options, context, async (client) => {
    const named = await originNamed(client, operands[0] ?? '');
    await client('origin.remove', { params: { id: named.id } });
    return named;
  });
  if (options.json === true) await context.output.json(origin);
  else await context.output.write(`No more packages come from ${plainText(nameOf(origin))}.\n`);
  return EXIT.done;
}
