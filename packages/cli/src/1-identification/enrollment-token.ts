import { type Command, InvalidArgumentError } from 'commander';
import type { Context } from '../platform/context.ts';
import { perform } from '../platform/perform.ts';
import { examples } from '../platform/program.ts';
import { type ServerOptions, withServerOptions } from '../platform/server-options.ts';

export interface TokenCreateOptions extends ServerOptions {
  readonly note?: string;
  /** Milliseconds. */
  readonly valid?: number;
}

const RULES = `
A token enrolls one host, once. It is shown this one time: the server keeps only a hash of it. Anybody who has it can enroll
a host until it is used or expires; "revoke" makes it useless before.`;

/** `patchsteward enrollment-token …`: which hosts may come in. // SOP P1.2, checklist c1 */
export function registerEnrollmentToken(program: Command, context: Context): void {
  const token = program.command('enrollment-token').description('tokens with which hosts enroll');
  withServerOptions(token.command('create').description('make a token, and print the line to run on the host'))
    .option('--note <text>', 'which host it is for; no secret')
    .option('--valid <time>', 'how long it can be used: 30m, 8h, 7d (default: 1h, at most 7d)', durationMs)
    .addHelpText('after', RULES)
    .addHelpText(
      'after',
      examples([
        ['For one host', 'patchsteward enrollment-token create --note web-1'],
        ['For a script', 'patchsteward enrollment-token create --valid 10m --json'],
      ]),
    )
    .action(
      perform<TokenCreateOptions>(context, async (call) =>
        (await import('./enrollment-token-run.ts')).createToken(call, context),
      ),
    );
  withServerOptions(token.command('list').description('list tokens and what became of them')).action(
    perform<ServerOptions>(context, async (call) =>
      (await import('./enrollment-token-run.ts')).listTokens(call, context),
    ),
  );
  withServerOptions(
    token.command('revoke').description('make a token useless').argument('<id>', 'its id, from the list'),
  ).action(
    perform<ServerOptions>(context, async (call) =>
      (await import('./enrollment-token-run.ts')).revokeToken(call, context),
    ),
  );
}

const UNITS_MS = { m: 60_000, h: 3_600_000, d: 86_400_000 } as const;
/** As the contract has it; beyond, a forgotten token is a door left open. */
const VALID_MS_MAX = 7 * UNITS_MS.d;

function durationMs(text: string): number {
  const [, count, unit] = /^(\d{1,6})([mhd])$/.exec(text) ?? [];
  if (unit === 'm' || unit === 'h' || unit === 'd') {
    const ms = Number(count) * UNITS_MS[unit];
    if (ms > 0 && ms <= VALID_MS_MAX) return ms;
  }
  throw new InvalidArgumentError('It must be a number of minutes, hours or days, from 1m to 7d.');
}
