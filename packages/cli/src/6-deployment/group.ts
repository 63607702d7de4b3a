import type { WindowBody } from '@patchsteward/contract';
import { type Command, InvalidArgumentError } from 'commander';
import type { Context } from '../platform/context.ts';
import { perform } from '../platform/perform.ts';
import { examples } from '../platform/program.ts';
import { type ListOptions, limitOption, type ServerOptions, withServerOptions } from '../platform/server-options.ts';
import { registerFreeze } from './freeze-options.ts';
import { WINDOW_FORMS, windowOf } from './window-text.ts';

export interface GroupSetOptions extends ServerOptions {
  readonly zone?: string;
  /** false: --no-window. */
  readonly window?: readonly WindowBody[] | false;
}

const RULES = `
Nothing is done to a host outside the windows of its group. A window comes every week ("sun 02:00 4h"), every month ("2nd
tue +5 22:00 3h": five days after the second Tuesday; also 1st, 3rd, 4th, last) or once ("2026-12-27 20:00 6h"), at the time
that clocks show in the zone of the group; its length is elapsed time. In the night in which clocks go forward, a start that
is skipped comes an hour later; in the night in which they go back, it comes once. "patchsteward asset set HOST --maintenance-group GROUP" puts a host
into a group.`;

/** `patchsteward group …`: when hosts may go down. // SOP P6.1, checklist c12 */
export function registerGroup(program: Command, context: Context): void {
  const group = program.command('group').description('maintenance groups: when hosts may go down');
  withServerOptions(group.command('list').description('list groups with their windows and the next of them'))
    .addOption(limitOption('all'))
    .option('--all', 'all there are')
    .action(perform<ListOptions>(context, async (call) => (await import('./group-list.ts')).listGroups(call, context)));
  registerSet(group, context);
  registerWindow(group, context);
  registerFreeze(group, context);
  withServerOptions(
    group.command('remove').description('remove a group that no asset is in').argument('<group>', 'its name'),
  ).action(
    perform<ServerOptions>(context, async (call) => (await import('./group-remove.ts')).removeGroup(call, context)),
  );
}

function registerSet(group: Command, context: Context): void {
  withServerOptions(group.command('set').description('make a group, or change it').argument('<group>', 'its name'))
    .option('--zone <zone>', 'whose clocks: an IANA name, as in Europe/Berlin')
    .option(
      '--window <window>',
      'day, start and length, as in "sun 02:00 4h"; give all that it shall have, they replace those it has',
      (text: string, windows: readonly WindowBody[] | false | undefined) => [...(windows || []), typedWindow(text)],
    )
    .option('--no-window', 'take its windows away: nothing is done to its hosts')
    .addHelpText('after', RULES)
    .addHelpText(
      'after',
      examples([
        ['One night a week', 'patchsteward group set sunday --zone Europe/Berlin --window "sun 02:00 4h"'],
        ['Two', 'patchsteward group set nights --zone UTC --window "tue 22:00 3h" --window "thu 22:00 3h"'],
        ['Five days after patch Tuesday', 'patchsteward group set office --zone UTC --window "2nd tue +5 22:00 6h"'],
      ]),
    )
    .action(
      perform<GroupSetOptions>(context, async (call) => (await import('./group-set.ts')).setGroup(call, context)),
    );
}

function typedWindow(text: string): WindowBody {
  const window = windowOf(text);
  if (window === undefined) throw new InvalidArgumentError(WINDOW_FORMS);
  return window;
}

/** One window more or less, where `group set` wants all of them. */
function registerWindow(group: Command, context: Context): void {
  const window = group.command('window').description('windows of a group: look at them, add one, remove one');
  withServerOptions(
    window.command('list').description('the windows of a group, and the next three').argument('<group>', 'its name'),
  ).action(
    perform<ServerOptions>(context, async (call) => (await import('./group-window.ts')).listWindows(call, context)),
  );
  for (const [verb, description] of [
    ['add', 'give a group one more window'],
    ['remove', 'take one of its windows away'],
  ] as const) {
    withServerOptions(window.command(verb).description(description))
      .argument('<group>', 'its name')
      .argument('<window>', 'as in "sun 02:00 4h", "last sat 22:00 6h" or "2026-12-27 20:00 6h"')
      .addHelpText('after', RULES)
      .addHelpText(
        'after',
        examples([
          ['A single night', `patchsteward group window ${verb} sunday "2026-12-27 20:00 6h"`],
          ['Five days after patch Tuesday', `patchsteward group window ${verb} sunday "2nd tue +5 22:00 3h"`],
        ]),
      )
      .action(
        perform<ServerOptions>(context, async (call) =>
          (await import('./group-window.ts')).changeWindow(verb, call, context),
        ),
      );
  }
}
