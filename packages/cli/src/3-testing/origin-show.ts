import type { Context } from '../platform/context.ts';
import { EXIT, type ExitCode } from '../platform/exit-code.ts';
import type { Invocation } from '../platform/perform.ts';
import { withServer } from '../platform/server-client.ts';
import type { ServerOptions } from '../platform/server-options.ts';
import { originNamed } from './origin-named.ts';
import { originText } from './origin-text.ts';

export async function showOrigin(
  { options, operands }: Invocation<ServerOptions>,
  context: Context,
): Promise<ExitCode> {
  const origin = await withServer(options, context, (client) => originNamed(client, operands[0] ?? ''));
  if (options.json === true) await context.output.json(origin);
  else await context.output.write(originText(origin, (text) => context.output.styled('bold', text), Date.now()));
  return EXIT.done;
}
