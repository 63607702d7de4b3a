import type { Command } from 'commander';
import type { Context } from '../platform/context.ts';
import { perform } from '../platform/perform.ts';
import { examples } from '../platform/program.ts';
import { limitOption, type ServerOptions, withServerOptions } from '../platform/server-options.ts';

export interface InboxOptions extends ServerOptions {
  readonly limit?: number;
  readonly all?: true;
  readonly others?: true;
}

/** `patchsteward inbox`: what waits for whoever asks. // SOP P5.2 */
export function registerInbox(program: Command, context: Context): void {
  withServerOptions(
    program.command('inbox').description('what waits for your decision, the most urgent first, with its command'),
  )
    .addOption(limitOption('the first 100'))
    .option('--all', 'all there are')
    .option('--others', 'also what waits for others, and why you cannot decide it')
    .addHelpText(
      'after',
      `${examples([
        ['What there is to do tonight', 'patchsteward inbox'],
        ['For a script', "patchsteward inbox --json | jq -r '.items[].command'"],
      ])}\nExit code 3: something waits for you and is late.`,
    )
    .action(
      perform<InboxOptions>(context, async (call) => (await import('./inbox-run.ts')).presentInbox(call, context)),
    );
}
