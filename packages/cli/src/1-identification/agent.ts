import type { Command } from 'commander';
import type { Context } from '../platform/context.ts';
import { perform } from '../platform/perform.ts';
import { examples } from '../platform/program.ts';
import { type AgentPinOptions, withPinOptions } from './agent-pin.ts';

export interface AgentCommandOptions {
  readonly stateDir?: string;
}

export interface AgentEnrollOptions extends AgentCommandOptions, AgentPinOptions {
  readonly server: string;
  readonly token: string;
}

export interface AgentRunOptions extends AgentCommandOptions {
  readonly once?: true;
}

const ENROLL_RULES = `
The token comes from the server (patchsteward enrollment-token create, or the console), enrolls one host, and expires.
With "-" it is read from standard input, so that it stays out of the shell's history. Repeat the command with the same
token after a failure: the host keeps its key, and the server knows it again.

Without --root-sha256 nothing that the server says changes this host: it only reports. With it, and as root, the host pins
whom it believes, and the guard: the most that they may do here. Both lie with root on this host, and nobody can change them
from elsewhere; run the command again to pin anew. What acts is the runner of the agent's Debian package, whose own
"patchsteward-agent enroll" takes the same options (docs/guides/agent.md).`;

const STATUS_RULES = `
Who may ask the runner is root and the agent's own user; anybody else sees that no runner answers. "No trust root" means
that the host only reports (enroll --root-sha256 pins one).`;

const RUN_RULES = `
The agent reports, fetches what signed work orders name, and hands both to root's part, the runner. By itself it changes
nothing on the host and needs no root; where no runner is installed or no trust root is pinned, nothing is changed at all. It
writes one line of JSON per event to standard error. Exit code 1: the server does not want this host any more, or with --once
the check-in failed.`;

/** `patchsteward agent …`: a host that reports itself to a server. // SOP P1.2, checklist c1 */
export function registerAgent(program: Command, context: Context): void {
  const agent = program
    .command('agent')
    .description('report this machine to a server, and let signed work orders change it');
  registerEnroll(agent, context);
  registerRun(agent, context);

  withStateDirectory(
    agent.command('status').description('show who this machine is to its server, whom it believes, and how it goes'),
  )
    .addHelpText('after', STATUS_RULES)
    .action(
      perform<AgentCommandOptions>(context, async (call) => (await import('./agent-run.ts')).showStatus(call, context)),
    );
  agent
    .command('inventory')
    .description('show what this machine would report, without any server')
    .addHelpText('after', examples([['Every section, as it is sent', 'patchsteward agent inventory --json']]))
    .action(perform<object>(context, async (call) => (await import('./agent-run.ts')).showInventory(call, context)));
  withStateDirectory(agent.command('leave').description('forget the server and the key of this machine')).action(
    perform<AgentCommandOptions>(context, async (call) => (await import('./agent-run.ts')).leave(call, context)),
  );
}

function registerEnroll(agent: Command, context: Context): void {
  const command = withStateDirectory(agent.command('enroll').description('make this machine known to a server'))
    .requiredOption('-s, --server <host:port>', 'where the server listens for agents')
    .requiredOption('-t, --token <token>', 'the enrollment token, or "-" to read it from standard input');
  withPinOptions(command)
    .addHelpText('after', ENROLL_RULES)
    .addHelpText(
      'after',
      examples([
        [
          'Enroll, then report',
          'patchsteward agent enroll --server patches.example.org:8421 --token - && patchsteward agent run',
        ],
        [
          'Pin whom it believes',
          'patchsteward agent enroll --server patches.example.org:8421 --token - --root-sha256 sha256:… --environment production --criticality high',
        ],
      ]),
    )
    .action(
      perform<AgentEnrollOptions>(context, async (call) => (await import('./agent-run.ts')).enroll(call, context)),
    );
}

function registerRun(agent: Command, context: Context): void {
  withStateDirectory(agent.command('run').description('report now and whenever the server asks for it'))
    .option('--once', 'report once, for timers')
    .addHelpText('after', RUN_RULES)
    .action(
      perform<AgentRunOptions>(context, async (call) => (await import('./agent-run.ts')).runAgent(call, context)),
    );
}

function withStateDirectory(command: Command): Command {
  return command.option(
    '--state-dir <folder>',
    'where the agent keeps its key and certificate (default: /var/lib/patchsteward-agent for root)',
  );
}
