import type { Campaign, Explanation } from '@patchsteward/contract';
import type { Context } from '../platform/context.ts';
import { EXIT, type ExitCode } from '../platform/exit-code.ts';
import type { Invocation } from '../platform/perform.ts';
import { withServer } from '../platform/server-client.ts';
import type { ServerOptions } from '../platform/server-options.ts';
import { plainText } from '../platform/text.ts';
import { dueText, momentText } from '../platform/time-text.ts';
import { counted, listed } from '../platform/words.ts';
import { campaignNamed } from './campaign-named.ts';

export async function presentCampaign(
  { options, operands }: Invocation<ServerOptions>,
  context: Context,
): Promise<ExitCode> {
  const campaign = await withServer(options, context, (client) => campaignNamed(client, operands[0] ?? ''));
  if (options.json === true) await context.output.json(campaign);
  else await context.output.write(campaignText(campaign, (text) => context.output.styled('bold', text), Date.now()));
  return EXIT.done;
}

export async function explain({ options, operands }: Invocation<ServerOptions>, context: Context): Promise<ExitCode> {
  const { explanation } = await withServer(options, context, (client) => campaignNamed(client, operands[0] ?? ''));
  if (options.json === true) await context.output.json(explanation);
  else await context.output.write(`${plainText(explanation.sentence)}\n`);
  return explanation.verdict === 'stop' ? EXIT.findings : EXIT.done;
}

function campaignText(campaign: Campaign, bold: (text: string) => string, now: number): string {
  const { title, id, explanation, scope } = campaign;
  const facts: readonly (readonly [string, string])[] = [
    ['stands in', `${campaign.room}: ${campaign.state}`],
    ['lane', laneText(campaign, now)],
    ['released', `${momentText(campaign.releasedAt)}, first seen ${momentText(campaign.firstSeen)}`],
    ['requester', campaign.requester],
    ...campaign.updates.map(
      ({ source, sourceVersion, fixes }) =>
        ['update', `${source} ${sourceVersion}${fixes.length === 0 ? '' : `, fixes ${listed(fixes)}`}`] as const,
    ),
    ['assets', `${counted(scope.length, 'asset')}: ${listed(scope.map(({ name }) => name))}`],
    ['plans', plansText(campaign)],
    ['jobs', jobsText(campaign)],
  ];
  const lines = [
    `${bold(plainText(title))}  ${id}`,
    ...facts.map(([name, value]) => `  ${name.padEnd(11)} ${plainText(value)}`),
    `  ${'now'.padEnd(11)} ${plainText(explanation.sentence)}`,
    ...reasonLines(explanation),
  ];
  return lines.map((line) => `${line}\n`).join('');
}

function laneText({ lane, due, late, ended }: Campaign, now: number): string {
  if (lane === null || due === null) return 'not judged yet';
  return ended ? `${lane}, was due ${momentText(due)}` : `${lane}, ${dueText({ due, late }, now)} (${momentText(due)})`;
}

function plansText({ plans }: Campaign): string {
  const named = Object.entries(plans).flatMap(([kind, plan]) => (plan === null ? [] : [`${kind} ${plan}`]));
  return named.length === 0 ? 'none yet' : named.join(', ');
}

function jobsText({ jobs }: Campaign): string {
  const counts = Object.entries(jobs).map(([state, count]) => `${count} ${state}`);
  return counts.length === 0 ? 'none yet' : counts.join(', ');
}

/** One reason is in the sentence already. */
function reasonLines({ reasons }: Explanation): string[] {
  return reasons.length < 2 ? [] : reasons.map(({ sentence }) => `  ${' '.repeat(11)} - ${plainText(sentence)}`);
}
