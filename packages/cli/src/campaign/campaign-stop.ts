import type { CampaignSummary } from '@patchsteward/contract';
import type { Client } from '@patchsteward/contract/client';
import type { Context } from '../platform/context.ts';
import { EXIT, type ExitCode } from '../platform/exit-code.ts';
import type { Invocation } from '../platform/perform.ts';
import { withServer } from '../platform/server-client.ts';
import { plainText } from '../platform/text.ts';
import type { WhyOptions, WithdrawOptions } from './campaign.ts';
import { campaignNamed } from './campaign-named.ts';

export function halt(call: Invocation<WhyOptions>, context: Context): Promise<ExitCode> {
  const { why } = call.options;
  return stop(call, context, (client, id) => client('campaign.halt', { params: { id }, body: { why } }));
}

export function withdraw(call: Invocation<WithdrawOptions>, context: Context): Promise<ExitCode> {
  const { why, byVendor } = call.options;
  const body = { why, vendor: byVendor === true };
  return stop(call, context, (client, id) => client('campaign.withdraw', { params: { id }, body }));
}

async function stop(
  { options, operands }: Invocation<WhyOptions>,
  context: Context,
  act: (client: Client, id: string) => Promise<CampaignSummary>,
): Promise<ExitCode> {
  const stopped = await withServer(options, context, async (client) => {
    const { id } = await campaignNamed(client, operands[0] ?? '');
    return act(client, id);
  });
  if (options.json === true) await context.output.json(stopped);
  else await context.output.write(`${plainText(stopped.title)} is ${stopped.state}.\n`);
  return EXIT.done;
}
