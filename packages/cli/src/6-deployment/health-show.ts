import { assetNamed } from '../1-identification/asset-named.ts';
import type { Context } from '../platform/context.ts';
import { EXIT, type ExitCode } from '../platform/exit-code.ts';
import type { Invocation } from '../platform/perform.ts';
import { withServer } from '../platform/server-client.ts';
import type { ServerOptions } from '../platform/server-options.ts';
import { plainText } from '../platform/text.ts';
import { healthText } from './health-text.ts';

export async function showHealth(
  { options, operands }: Invocation<ServerOptions>,
  context: Context,
): Promise<ExitCode> {
  const { asset, profile } = await withServer(options, context, async (client) => {
    const asset = await assetNamed(client, operands[0] ?? '');
    return { asset, profile: await client('health-profile.show', { params: { id: asset.id } }) };
  });
  if (options.json === true) await context.output.json(profile);
  else await context.output.write(healthText(profile, context.output.styled('bold', plainText(asset.name))));
  return EXIT.done;
}
