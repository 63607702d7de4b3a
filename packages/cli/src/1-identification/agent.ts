import type { Command } from 'commander';
import type { Context } from '../platform/context.ts';
import { perform } from '../platform/perform.ts';
import { examples } from '../platform/program.ts';

export interface AgentCommandOptions {
  readonly stateDir?: string;
}

export interface AgentEnrollOptions extends AgentCommandOptions {
  readonly server: string;
  readonly token: string;
}

export interface AgentRunOptions extends AgentCommandOptions {
  readonly once?: true;
}

const ENROLL_RULES = `
The token comes from the server (patchsteward enrollment-token create, or the console), enrolls one host, and expires.
With "-" it is read from standard input, so that it stays out of the shell's history. Repeat the command with the same
token after a failure: the host keeps its key, and the server knows it again.`;

const RUN_RULES = `
The agent reads and reports; it changes nothing on the host and needs no root. It writes one line of JSON per event to
standard error. Exit code 1: the server does not want this host any more, or with --once the check-in failed.`;

/** `patchsteward agent …`: a host that reports itself to a server. // SOP P1.2, checklist c1 */
export function registerAgent(program: Command, context: Context): void {
  const agent = program.command('agent').description('report this machine to a server');
  registerEnroll(agent, context);
  registerRun(agent, context);

  withStateDirectory(
    agent.command('status').description('show who this machine is to its server, and how it goes'),
  ).action(
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
  withStateDirectory(agent.command('enroll').description('make this machine known to a server'))
    .requiredOption('-s, --server <host:port>', 'where the server listens for agents')
    .requiredOption('-t, --token <token>', 'the enrollment token, or "-" to read it from standard input')
    .addHelpText('after', ENROLL_RULES)
    .addHelpText(
      'after',
      examples([
        [
          'Enroll, then report',
          'patchsteward agent enroll --server patches.example.org:8421 --token - && patchsteward agent run',
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
