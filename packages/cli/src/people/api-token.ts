import { type Command, InvalidArgumentError } from 'commander';
import type { Context } from '../platform/context.ts';
import { perform } from '../platform/perform.ts';
import { examples } from '../platform/program.ts';
import { type ServerOptions, withServerOptions } from '../platform/server-options.ts';

export interface ApiTokenCreateOptions extends ServerOptions {
  readonly note?: string;
  readonly days?: number;
}

const RULES = `
A token stands for the person who makes it, and may do what that person may; it signs nothing. It is shown this one time: the
server keeps only a hash of it. These commands ask a server by its address (--server or PATCHSTEWARD_URL) with a token that
there is already (PATCHSTEWARD_TOKEN); an administrator prints the first one with "patchsteward person add … --api-token".`;
/** As the contract has it. */
const DAYS_MAX = 366;

/** `patchsteward api-token …`: programs that act as a person. */
export function registerApiToken(program: Command, context: Context): void {
  const token = program.command('api-token').description("one's own API tokens, for programs");
  withServerOptions(token.command('create').description('make a token and print it once'))
    .option('--note <text>', 'what it is for; no secret')
    .option('--days <count>', `how long it is good for (default: 90, at most ${DAYS_MAX})`, daysOf)
    .addHelpText('after', RULES)
    .addHelpText('after', examples([['For a script', 'patchsteward api-token create --note backup-host --days 30']]))
    .action(
      perform<ApiTokenCreateOptions>(context, async (call) =>
        (await import('./api-token-run.ts')).createToken(call, context),
      ),
    );
  withServerOptions(token.command('list').description("list one's tokens that are good")).action(
    perform<ServerOptions>(context, async (call) => (await import('./api-token-run.ts')).listTokens(call, context)),
  );
  withServerOptions(
    token.command('revoke').description('make a token useless').argument('<id>', 'its id, from the list'),
  ).action(
    perform<ServerOptions>(context, async (call) => (await import('./api-token-run.ts')).revokeToken(call, context)),
  );
}

function daysOf(text: string): number {
  const days = Number(text);
  if (/^\d{1,3}$/.test(text) && days >= 1 && days <= DAYS_MAX) return days;
  throw new InvalidArgumentError(`It must be a number of days from 1 to ${DAYS_MAX}.`);
}
