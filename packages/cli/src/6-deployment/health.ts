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
  readonly watch?: number;
}

const PORT_MAX = 65_535;

const RULES = `
Named here is only what is looked at after a change, by the host itself: units that must be active, ports that must accept,
addresses of the host's own 127.0.0.1 that must answer. Where one does not while it is watched, the change counts as failed
and the host may go back. Nothing named here is ever executed.`;

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
    .option('--watch <time>', 'how long after a change: 30s, 5m', watchOf)
    .addHelpText('after', RULES)
    .addHelpText(
      'after',
      examples([
        ['A web server', 'patchsteward health set web-1 --unit nginx.service --port 443 --watch 5m'],
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

function watchOf(text: string): number {
  const watchMs = spanOf(text);
  if (watchMs !== undefined) return watchMs;
  throw new InvalidArgumentError('It must be a time, as in 30s or 5m.');
}
