import type { CampaignFeasibility } from '@patchsteward/contract';
import type { Client } from '@patchsteward/contract/client';
import { assetNamed } from '../1-identification/asset-named.ts';
import type { Context } from '../platform/context.ts';
import { EXIT, type ExitCode } from '../platform/exit-code.ts';
import { Failure } from '../platform/failure.ts';
import type { Invocation } from '../platform/perform.ts';
import { withServer } from '../platform/server-client.ts';
import type { ServerOptions } from '../platform/server-options.ts';
import { plainText } from '../platform/text.ts';
import { momentText } from '../platform/time-text.ts';
import { counted, numberText } from '../platform/words.ts';
import { campaignNamed } from './campaign-named.ts';
import type { WindowAddOptions } from './campaign-windows.ts';

/** Who cannot be done in time, and the line for each way out. // SOP S1 */
export async function presentFeasibility(
  { options, operands }: Invocation<ServerOptions>,
  context: Context,
): Promise<ExitCode> {
  const { title, feasibility } = await withServer(options, context, async (client) => {
    const { id, title } = await campaignNamed(client, operands[0] ?? '');
    return { title, ...(await client('campaign.feasibility', { params: { id } })) };
  });
  if (options.json === true) await context.output.json({ feasibility });
  else if (feasibility === null) await context.output.write(`${plainText(title)}: its lane is not known yet.\n`);
  else await context.output.write(feasibilityText(title, feasibility));
  return feasibility !== null && feasibility.late.length > 0 ? EXIT.findings : EXIT.done;
}

export async function addWindow(
  { options, operands }: Invocation<WindowAddOptions>,
  context: Context,
): Promise<ExitCode> {
  const { asset, why } = options;
  const [from, until] = [instantOf('--from', options.from), instantOf('--until', options.until)];
  const window = await withServer(options, context, async (client) => {
    const { id } = await campaignNamed(client, operands[0] ?? '');
    const assets = asset === undefined ? await lateAssets(client, id) : await assetsNamed(client, asset);
    return client('extraordinary.add', { params: { id }, body: { assets, from, until, why } });
  });
  if (options.json === true) await context.output.json(window);
  else {
    await context.output.write(
      `${momentText(window.from)} to ${momentText(window.until)} is asked for, for ${counted(window.assets.length, 'asset')}. ` +
        `Their owners agree by signing the plan that has it.\nWindow ${window.id}\n`,
    );
  }
  return EXIT.done;
}

export async function removeWindow(
  { options, operands }: Invocation<ServerOptions>,
  context: Context,
): Promise<ExitCode> {
  const [named = '', window = ''] = operands;
  const answer = await withServer(options, context, async (client) => {
    const { id } = await campaignNamed(client, named);
    return client('extraordinary.remove', { params: { id, window } });
  });
  if (options.json === true) await context.output.json(answer);
  else await context.output.write('The window is taken back. A plan that has it is computed again.\n');
  return EXIT.done;
}

async function assetsNamed(client: Client, names: readonly string[]): Promise<string[]> {
  const assets: string[] = [];
  for (const name of names) assets.push((await assetNamed(client, name)).id);
  return assets;
}

async function lateAssets(client: Client, id: string): Promise<string[]> {
  const { feasibility } = await client('campaign.feasibility', { params: { id } });
  const late = (feasibility?.late ?? []).map(({ assetId }) => assetId);
  if (late.length > 0) return late;
  throw new Failure('no host of this campaign is late', 'name those that it is for: --asset NAME');
}

function instantOf(option: string, text: string): string {
  const instant = /(?:Z|[+-]\d\d:\d\d)$/.test(text) ? Date.parse(text) : Number.NaN;
  if (!Number.isNaN(instant)) return new Date(instant).toISOString();
  throw new Failure(`${option} ${text} is no time`, 'give it with its offset, as in 2026-11-22T23:00:00Z', {
    exitCode: EXIT.usage,
  });
}

function feasibilityText(title: string, found: CampaignFeasibility): string {
  const { hosts, inTime, due, earliest, lane, late, extraordinary } = found;
  const lines = [
    `${plainText(title)}: ${numberText(inTime)} of ${counted(hosts, 'host')} of production can be done before ` +
      `${momentText(due)} (lane ${lane}); starts are possible from ${momentText(earliest)} on.`,
    ...late.flatMap(lateLines),
    ...extraordinary.map(
      ({ id, from, until, assets, by, why }) =>
        `Asked for beside the windows: ${momentText(from)} to ${momentText(until)} for ${counted(assets.length, 'asset')} ` +
        `by ${plainText(by)}: ${plainText(why)} (window ${id})`,
    ),
  ];
  return lines.map((line) => `${line}\n`).join('');
}

function lateLines({ asset, owner, reasons, first, offers }: CampaignFeasibility['late'][number]): string[] {
  const when = first === null ? 'no window at all' : `first window ${momentText(first.from)}`;
  return [
    `  ${plainText(asset)} (${owner === null ? 'nobody owns it' : `of ${plainText(owner)}`}): ${when}. ` +
      reasons.map(({ sentence }) => plainText(sentence)).join(' '),
    ...offers.map(({ command }) => `      ${plainText(command)}`),
  ];
}
