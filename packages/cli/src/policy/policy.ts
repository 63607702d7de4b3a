import type { Command } from 'commander';
import type { Context } from '../platform/context.ts';
import { perform } from '../platform/perform.ts';
import { examples } from '../platform/program.ts';
import { type ServerOptions, withServerOptions } from '../platform/server-options.ts';

const RULES = `
The figures are the procedure's own. "patchsteward serve --policy FILE" lays a JSON object over them, with only what differs;
a figure that does not exist stops the start. Their hash stands in every plan, so that nobody changes them unseen.`;

/** `patchsteward policy …`: the figures that the server works by. // SOP C1 C3 */
export function registerPolicy(program: Command, context: Context): void {
  const policy = program.command('policy').description('the figures that the server works by');
  withServerOptions(policy.command('show').description('show who approves what, and how long everything takes'))
    .addHelpText('after', RULES)
    .addHelpText(
      'after',
      examples([
        ['At a glance', 'patchsteward policy show'],
        ['As a start for a policy of your own', 'patchsteward policy show --json'],
      ]),
    )
    .action(
      perform<ServerOptions>(context, async (call) => (await import('./policy-show.ts')).showPolicy(call, context)),
    );
}
