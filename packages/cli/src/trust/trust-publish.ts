import type { Context } from '../platform/context.ts';
import { EXIT, type ExitCode } from '../platform/exit-code.ts';
import type { Invocation } from '../platform/perform.ts';
import { withServer } from '../platform/server-client.ts';
import type { ServerOptions } from '../platform/server-options.ts';
import { readRootFile } from './root-file.ts';

export async function publishTrust(
  { options, operands }: Invocation<ServerOptions>,
  context: Context,
): Promise<ExitCode> {
  const { envelope } = await readRootFile(operands[0] ?? '');
  const body = { ...envelope, signatures: envelope.signatures.map(({ keyid, sig }) => ({ keyid, sig })) };
  const published = await withServer(options, context, (client) =>
    client('trust.publish', { body: { envelope: body } }),
  );
  if (options.json === true) await context.output.json(published);
  else {
    await context.output.write(
      `Version ${published.version} is published. Hosts take it at their next contact.\nhash  ${published.hash}\n`,
    );
  }
  return EXIT.done;
}
