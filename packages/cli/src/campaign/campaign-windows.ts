import type { Command } from 'commander';
import type { Context } from '../platform/context.ts';
import { perform } from '../platform/perform.ts';
import { examples } from '../platform/program.ts';
import { type ServerOptions, withServerOptions } from '../platform/server-options.ts';

export interface WindowAddOptions extends ServerOptions {
  readonly asset?: readonly string[];
  readonly from: string;
  readonly until: string;
  readonly why: string;
}

const OFFERS = `
For each host that has no window before it is due three ways are offered, each with its line: a single time beside its windows
(its owner agrees to it by signing the plan), a mitigation that somebody answers for, or an exception with an end.

Exit code 3: some host has no window in time.`;

/** `patchsteward campaign feasibility`, `campaign window …` // SOP S1 R2 */
export function registerCampaignWindows(campaign: Command, context: Context): void {
  withServerOptions(
    campaign
      .command('feasibility')
      .description('which hosts have a window before they are due, and what helps those that have none')
      .argument('<campaign>', 'its id or title'),
  )
    .addHelpText('after', OFFERS)
    .action(
      perform<ServerOptions>(context, async (call) =>
        (await import('./campaign-feasibility.ts')).presentFeasibility(call, context),
      ),
    );
  const window = campaign.command('window').description('single times beside the windows of hosts, for one campaign');
  withServerOptions(
    window.command('add').description('ask for one; owners agree by signing').argument('<campaign>', 'its id or title'),
  )
    .requiredOption('--from <time>', 'when it begins, with its offset, as in 2026-11-22T23:00:00Z')
    .requiredOption('--until <time>', 'when it ends; a week later at most')
    .requiredOption('--why <words>', 'why the windows of the hosts do not do')
    .option('--asset <asset>', 'an asset, by id or name; may be given again; all that are late without one', collected)
    .addHelpText(
      'after',
      examples([
        [
          'One night for one host',
          'patchsteward campaign window add openssl --asset db-1 --from 2026-11-22T23:00:00Z --until 2026-11-23T03:00:00Z --why "exploited, and the next window is in ten days"',
        ],
      ]),
    )
    .action(
      perform<WindowAddOptions>(context, async (call) =>
        (await import('./campaign-feasibility.ts')).addWindow(call, context),
      ),
    );
  withServerOptions(
    window
      .command('remove')
      .description('take one back; a plan that has it is computed again')
      .argument('<campaign>', 'its id or title')
      .argument('<window>', 'its id, as "campaign feasibility" has it'),
  ).action(
    perform<ServerOptions>(context, async (call) =>
      (await import('./campaign-feasibility.ts')).removeWindow(call, context),
    ),
  );
}

function collected(value: string, before: readonly string[] | undefined): readonly string[] {
  return [...(before ?? []), value];
}
