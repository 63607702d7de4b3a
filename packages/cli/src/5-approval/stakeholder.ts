import { type Command, Option } from 'commander';
import type { Context } from '../platform/context.ts';
import { perform } from '../platform/perform.ts';
import { examples } from '../platform/program.ts';
import { type ServerOptions, withServerOptions } from '../platform/server-options.ts';

export interface StakeholderOptions extends ServerOptions {
  readonly group: string;
  readonly webhook?: true;
  readonly name?: string;
}

const RULES = `
Owners hear by mail of changes to their own systems. Whoever else must hear of them stands here, by maintenance group; "*" is
every group. Mail goes out through the server set with --smtp-url, webhooks are signed with the secret set with
--webhook-secret. An address that bounces holds up routine changes.`;

/** `patchsteward stakeholder …`, and what became of notices. // SOP P6.1, checklist c13 */
export function registerNotices(program: Command, context: Context): void {
  const stakeholder = program.command('stakeholder').description('who hears of changes beside the owners');
  for (const [verb, description] of [
    ['add', 'let an address hear of changes'],
    ['remove', 'send no more notices to an address'],
  ] as const) {
    withGroup(withServerOptions(stakeholder.command(verb).description(description)))
      .option('--name <text>', 'who that is')
      .addHelpText('after', RULES)
      .addHelpText(
        'after',
        examples([
          ['The service desk, of everything', `patchsteward stakeholder ${verb} desk@example.org --group "*"`],
          [
            'A chat room, of the shop',
            `patchsteward stakeholder ${verb} https://chat.example.org/hook --webhook --group shop`,
          ],
        ]),
      )
      .action(
        perform<StakeholderOptions>(context, async (call) =>
          (await import('./notice-run.ts')).changeStakeholder(call, context, verb),
        ),
      );
  }
  withServerOptions(stakeholder.command('list').description('list who hears of changes')).action(
    perform<ServerOptions>(context, async (call) => (await import('./notice-run.ts')).listStakeholders(call, context)),
  );
  const campaign = program.commands.find((command) => command.name() === 'campaign') ?? program.command('campaign');
  withServerOptions(
    campaign
      .command('notices')
      .description('list who was told of a change, and what became of each message')
      .argument('<campaign>', 'its id or title'),
  )
    .addHelpText('after', '\nExit code 3: a message could not be delivered.')
    .action(
      perform<ServerOptions>(context, async (call) => (await import('./notice-run.ts')).listNotices(call, context)),
    );
}

function withGroup(command: Command): Command {
  return command
    .argument('<address>', 'a mail address, or the URL of a webhook')
    .addOption(new Option('--group <name>', 'a maintenance group, or * for all').makeOptionMandatory())
    .option('--webhook', 'the address is a URL that takes signed JSON');
}
