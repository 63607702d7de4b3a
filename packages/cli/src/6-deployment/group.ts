import type { WeekdayText, WeeklyWindowBody } from '@patchsteward/contract';
import { type Command, InvalidArgumentError } from 'commander';
import type { Context } from '../platform/context.ts';
import { perform } from '../platform/perform.ts';
import { examples } from '../platform/program.ts';
import { type ListOptions, limitOption, type ServerOptions, withServerOptions } from '../platform/server-options.ts';
import { spanOf } from '../platform/span-text.ts';

export interface GroupSetOptions extends ServerOptions {
  readonly zone?: string;
  /** false: --no-window. */
  readonly window?: readonly WeeklyWindowBody[] | false;
}

const RULES = `
Nothing is done to a host outside the windows of its group. A window comes every week, at the time that clocks show in the
zone of the group; its length is elapsed time. In the night in which clocks go forward, a start that is skipped comes an hour
later; in the night in which they go back, it comes once. "patchsteward asset set HOST --maintenance-group GROUP" puts a host
into a group.`;

/** `patchsteward group …`: when hosts may go down. // SOP P6.1, checklist c12 */
export function registerGroup(program: Command, context: Context): void {
  const group = program.command('group').description('maintenance groups: when hosts may go down');
  withServerOptions(group.command('list').description('list groups with their windows and the next of them'))
    .addOption(limitOption('all'))
    .option('--all', 'all there are')
    .action(perform<ListOptions>(context, async (call) => (await import('./group-list.ts')).listGroups(call, context)));
  registerSet(group, context);
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
      'weekday, start and length, as in "sun 02:00 4h"; give all that it shall have, they replace those it has',
      (text: string, windows: readonly WeeklyWindowBody[] | false | undefined) => [...(windows || []), windowOf(text)],
    )
    .option('--no-window', 'take its windows away: nothing is done to its hosts')
    .addHelpText('after', RULES)
    .addHelpText(
      'after',
      examples([
        ['One night a week', 'patchsteward group set sunday --zone Europe/Berlin --window "sun 02:00 4h"'],
        ['Two', 'patchsteward group set nights --zone UTC --window "tue 22:00 3h" --window "thu 22:00 3h"'],
      ]),
    )
    .action(
      perform<GroupSetOptions>(context, async (call) => (await import('./group-set.ts')).setGroup(call, context)),
    );
}

// A record and not a list: the compiler then misses a word that the contract has and we do not.
const WEEKDAYS: Record<WeekdayText, true> = {
  mon: true,
  tue: true,
  wed: true,
  thu: true,
  fri: true,
  sat: true,
  sun: true,
};

function isWeekday(text: string): text is WeekdayText {
  return Object.hasOwn(WEEKDAYS, text);
}

function windowOf(text: string): WeeklyWindowBody {
  const [weekday = '', start = '', length = '', ...more] = text.trim().toLowerCase().split(/\s+/);
  const durationMs = spanOf(length);
  if (isWeekday(weekday) && /^([01]\d|2[0-3]):[0-5]\d$/.test(start) && durationMs !== undefined && more.length === 0) {
    return { weekday, start, durationMs };
  }
  throw new InvalidArgumentError('It must be a weekday (mon to sun), a time and a length, as in "sun 02:00 4h".');
}
