import type { Command } from 'commander';
import type { Context } from '../platform/context.ts';
import { perform } from '../platform/perform.ts';
import { examples } from '../platform/program.ts';
import { type ServerOptions, withServerOptions } from '../platform/server-options.ts';

export interface FreezeImportOptions extends ServerOptions {
  readonly name: string;
  readonly group?: readonly string[];
  readonly dryRun?: true;
  readonly yes?: true;
}

const RULES = `
A freeze is a time in which nothing is done although a window is open. It comes from a calendar (iCalendar, .ics) as every
calendar program exports it: days count in the zone of each group, times in the zone that they name, what repeats is followed
for 800 days. What is imported under a name again replaces what that name had, and "group freeze undo" brings it back. Plans
whose signed times are frozen now are computed again, and want new signatures.`;

/** `patchsteward group freeze …` // rollout-and-trust §2.7 */
export function registerFreeze(group: Command, context: Context): void {
  const freeze = group.command('freeze').description('times in which nothing is done although a window is open');
  withServerOptions(freeze.command('list').description('the calendars that hold, with what is still to come')).action(
    perform<ServerOptions>(context, async (call) => (await import('./freezes.ts')).listFreezes(call, context)),
  );
  withServerOptions(
    freeze.command('import').description('take the freezes of a calendar').argument('<file>', '.ics, or -'),
  )
    .requiredOption('--name <name>', 'of the calendar; what was imported under it before is replaced')
    .option(
      '--group <group>',
      'a maintenance group that it holds for; give all of them, without one it holds for every group',
      (name: string, groups: readonly string[] | undefined) => [...(groups ?? []), name],
    )
    .option('--dry-run', 'say what would change, and change nothing')
    .option('--yes', 'do not ask')
    .addHelpText('after', RULES)
    .addHelpText(
      'after',
      examples([
        ['Look first', 'patchsteward group freeze import freezes.ics --name company --dry-run'],
        [
          'For two groups',
          'patchsteward group freeze import close.ics --name close --group nights --group office --yes',
        ],
      ]),
    )
    .action(
      perform<FreezeImportOptions>(context, async (call) =>
        (await import('./freezes.ts')).importFreezes(call, context),
      ),
    );
  withServerOptions(
    freeze.command('undo').description('take an import back').argument('<import>', 'its id, as "freeze list" has it'),
  ).action(perform<ServerOptions>(context, async (call) => (await import('./freezes.ts')).undoFreezes(call, context)));
}
