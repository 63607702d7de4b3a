import type { CampaignSummary } from '@patchsteward/contract';
import { assetNamed } from '../1-identification/asset-named.ts';
import type { Context } from '../platform/context.ts';
import { EXIT, type ExitCode } from '../platform/exit-code.ts';
import type { Invocation } from '../platform/perform.ts';
import { withServer } from '../platform/server-client.ts';
import { plainText } from '../platform/text.ts';
import { momentText } from '../platform/time-text.ts';
import { counted } from '../platform/words.ts';
import type { OpenOptions } from './campaign.ts';

export async function openCampaign(
  { options, operands }: Invocation<OpenOptions>,
  context: Context,
): Promise<ExitCode> {
  const opened = await withServer(options, context, async (client) => {
    const assets: string[] = [];
    for (const named of options.asset ?? []) assets.push((await assetNamed(client, named)).id);
    return client('campaign.open', {
      body: {
        proposal: operands[0] ?? '',
        ...(assets.length === 0 ? {} : { assets }),
        ...(options.requester === undefined ? {} : { requester: options.requester }),
      },
    });
  });
  return presentOpened(opened, options, context);
}

/** The campaign that was opened a moment ago. */
export async function presentOpened(
  opened: CampaignSummary,
  { json }: { readonly json?: true },
  context: Context,
): Promise<ExitCode> {
  if (json === true) {
    await context.output.json(opened);
    return EXIT.done;
  }
  const { id, title, lane, due, requester, assets } = opened;
  const until = due === null ? 'no due time yet' : `due ${momentText(due)}`;
  const lines = [
    `${context.output.styled('bold', plainText(title))}  ${id}`,
    `  ${counted(assets, 'asset')}, ${lane ?? 'no lane yet'}, ${until}; ${plainText(requester)} is the requester`,
    `  What it waits for: patchsteward campaign explain ${id}`,
  ];
  await context.output.write(lines.map((line) => `${line}\n`).join(''));
  return EXIT.done;
}
