import { type Command, InvalidArgumentError } from 'commander';
import type { Context } from '../platform/context.ts';
import { perform } from '../platform/perform.ts';
import { examples } from '../platform/program.ts';
import { type ServerOptions, withServerOptions } from '../platform/server-options.ts';
import { spanOf } from '../platform/span-text.ts';

export interface HealthSetOptions extends ServerOptions {
  /** false: --no-unit, and so on. */
  readonly unit?: readonly string[] | false;
  readonly port?: readonly number[] | false;
  readonly url?: readonly string[] | false;
  readonly file?: readonly string[] | false;
  readonly errorLines?: number | false;
  /** What is named beside it is wanted, and not required. */
  readonly wanted?: boolean;
  readonly watch?: number;
}

const PORT_MAX = 65_535;
const ERROR_LINES_MAX = 10_000;

const RULES = `
Named here is only what is looked at before and after a change, by the host itself: units that must be active, ports that
must listen, addresses of the host's own 127.0.0.1 that must answer, files that must be there, and how many errors its
journal may get. Where one does not hold before, nothing begins; where it does not while it is watched, the change counts
as failed and the host may go back. With --wanted it is told in the report, and fails nothing. Nothing named here is ever
executed.`;

/** `patchsteward health …`: what must run on an asset after a change. // SOP P6.3 */
export function registerHealth(program: Command, context: Context): void {
  const health = program.command('health').description('what must run on an asset for it to count as healthy');
  withServerOptions(
    health.command('show').description('show what is looked at').argument('<asset>', 'its id or name'),
  ).action(
    perform<ServerOptions>(context, async (call) => (await import('./health-show.ts')).showHealth(call, context)),
  );
  withServerOptions(health.command('set').description('say what must run').argument('<asset>', 'its id or name'))
    .option('--unit <unit>', 'a systemd unit, as in nginx.service; give all, they replace those it has', collect)
    .option('--no-unit', 'no unit')
    .option('--port <number>', 'a TCP port of the host; give all, they replace those it has', collectPort)
    .option('--no-port', 'no port')
    .option('--url <url>', 'an address as in http://127.0.0.1:8080/; give all, they replace those it has', collect)
    .option('--no-url', 'no address')
    .option('--file <path>', 'a file that must be there; give all, they replace those it has', collect)
    .option('--no-file', 'no file')
    .option('--error-lines <number>', 'errors that its journal may get while it is watched', linesOf)
    .option('--no-error-lines', 'errors are not counted')
    .option('--wanted', 'what is named is told where it is missing, and fails nothing')
    .option('--watch <time>', 'how long after a change: 30s, 5m', watchOf)
    .addHelpText('after', RULES)
    .addHelpText(
      'after',
      examples([
        ['A web server', 'patchsteward health set web-1 --unit nginx.service --port 443 --watch 5m'],
        ['Told, but no failure', 'patchsteward health set web-1 --wanted --unit backup-agent.service'],
        ['What is set', 'patchsteward health show web-1'],
      ]),
    )
    .action(
      perform<HealthSetOptions>(context, async (call) => (await import('./health-set.ts')).setHealth(call, context)),
    );
}

function collect(text: string, before: readonly string[] | false | undefined): readonly string[] {
  return [...(before || []), text];
}

function collectPort(text: string, before: readonly number[] | false | undefined): readonly number[] {
  const port = Number(text);
  if (/^\d{1,5}$/.test(text) && port >= 1 && port <= PORT_MAX) return [...(before || []), port];
  throw new InvalidArgumentError('It must be a port, as in 443.');
}

function linesOf(text: string): number {
  if (/^\d{1,5}$/.test(text) && Number(text) <= ERROR_LINES_MAX) return Number(text);
  throw new InvalidArgumentError('It must be a number up to 10000.');
}

function watchOf(text: string): number {
  const watchMs = spanOf(text);
  if (watchMs !== undefined) return watchMs;
  throw new InvalidArgumentError('It must be a time, as in 30s or 5m.');
}
