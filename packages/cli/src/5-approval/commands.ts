import { LANES } from '@patchsteward/core/vocabulary';
import { type Command, Option } from 'commander';
import type { Context } from '../platform/context.ts';
import { collected, instantOf } from '../platform/moment.ts';
import { perform } from '../platform/perform.ts';
import { examples } from '../platform/program.ts';
import { withServerOptions } from '../platform/server-options.ts';
import type { PlanOptions, PlanSigningOptions } from './plan-run.ts';
import { type SigningOptions, type WhyOptions, withSigningOptions } from './signing-options.ts';
import type { Draft, Speaker } from './statement-run.ts';
import type {
  AgreeOptions,
  AuditOptions,
  DeclareOptions,
  LaneOptions,
  RiskOptions,
  UntilOptions,
  WaiveOptions,
} from './statements.ts';

const WHAT_IS_SIGNED = `
The plan comes with ALL its work orders. Its Merkle root and its summary are made again from them here, and where the server
says anything else, nothing is signed. Compare the phrase of six words with what others see before you answer. The key stays
on this machine. Who signs what stands in docs/guides/approval.md.`;

/** What two people must both say is the same only to the letter. */
const SAME_WORDS = `
Whoever else must say it signs the same text: name the time as an instant, such as 2026-12-01T18:00:00Z, and not as 7d.`;

/** Requests, votes and every other signed word of a person. // SOP P5.1 P5.2, R1-R4 */
export function registerApproval(program: Command, context: Context): void {
  const campaign = program.commands.find((command) => command.name() === 'campaign') ?? program.command('campaign');
  registerPlans(program, campaign, context);
  registerWhys(program, context);
  registerOwners(program, context);
  registerIt(program, context);
  registerUrgency(program, context);
}

function registerPlans(program: Command, campaign: Command, context: Context): void {
  withServerOptions(
    named(campaign.command('plan').description('show the plan of a campaign, made again from its work orders')),
  )
    .option('--test', 'the plan of the test ring')
    .option('--plan <hash>', 'this plan and no other')
    .addHelpText('after', WHAT_IS_SIGNED)
    .action(perform<PlanOptions>(context, async (call) => (await import('./plan-run.ts')).showPlan(call, context)));
  planCommand(campaign.command('request').description('ask for the change of a plan; whoever asks never approves'))
    .requiredOption('--why <text>', 'why it is asked for')
    .action(sign(context, 'request'));
  planCommand(program.command('approve').description('approve the plan of a campaign'))
    .addHelpText(
      'after',
      examples([
        ['With a key in your ssh-agent', 'patchsteward approve "openssl on debian:12" --key ~/.ssh/id_ed25519.pub'],
        ['A scripted person', 'patchsteward approve 0190a0c4 --key cara.key --yes --json'],
      ]),
    )
    .action(sign(context, 'approve'));
  planCommand(program.command('sign-test').description('let the test ring be changed by its plan')).action(
    sign(context, 'test'),
  );
}

function sign(context: Context, intent: 'request' | 'approve' | 'test') {
  return perform<PlanSigningOptions>(context, async (call) =>
    (await import('./plan-run.ts')).signPlan(call, context, intent),
  );
}

function planCommand(command: Command): Command {
  return withSigningOptions(named(command))
    .option('--plan <hash>', 'this plan and no other')
    .addHelpText('after', WHAT_IS_SIGNED);
}

const WHYS = [
  ['resume', 'resume', 'go on with a campaign that was halted or paused'],
  ['accept-test', 'test.accepted', 'accept a test that was not conclusive; IT and an owner must both say so'],
  [
    'release-quarantine',
    'auth.released',
    'release files whose origin could not be fully verified; two of Security must say so',
  ],
  ['request-rollback', 'rollback.requested', 'ask for the way back'],
] as const;
const PLAN_WHYS = [
  ['refuse', 'approval.refused', 'refuse the plan of a campaign'],
  ['revoke', 'approval.revoked', "take one's own approval back"],
] as const;

function registerWhys(program: Command, context: Context): void {
  for (const [verb, kind, description] of WHYS) {
    why(program.command(verb).description(description)).action(
      statement<WhyOptions>(context, async () => (await import('./statements.ts')).whyStatement(kind)),
    );
  }
  for (const [verb, kind, description] of PLAN_WHYS) {
    why(program.command(verb).description(description)).action(
      statement<WhyOptions>(context, async () => (await import('./statements.ts')).planStatement(kind)),
    );
  }
}

function registerOwners(program: Command, context: Context): void {
  withSigningOptions(
    named(program.command('agree-window').description('agree to the times in which your systems may be changed')),
  )
    .option('--asset <asset>', 'only this one; without it, all that you own in the plan', collected)
    .addHelpText('after', WHAT_IS_SIGNED)
    .action(statement<AgreeOptions>(context, async () => (await import('./statements.ts')).agreeWindow(context)));
  why(program.command('waive-backup').description('let a system of yours be changed without a backup'))
    .requiredOption('--asset <asset>', 'which, by id or name')
    .requiredOption('--until <time>', 'how long that holds: 12h, 7d, or a time with its offset', instantOf)
    .action(statement<WaiveOptions>(context, async () => (await import('./statements.ts')).waiveBackup));
  why(
    program.command('accept-risk').description('leave it as it is for a time; an owner and Security must both say so'),
  )
    .requiredOption('--until <time>', 'how long: 12h, 7d, or a time with its offset', instantOf)
    .action(statement<UntilOptions>(context, async () => (await import('./statements.ts')).acceptRisk));
  why(
    program
      .command('sign-exception')
      .description('leave one system as it is for a time; an owner and Security must both say so, with the same words'),
  )
    .requiredOption('--asset <asset>', 'which, by id or name')
    .requiredOption('--until <time>', 'how long: 12h, 7d, or a time with its offset', instantOf)
    .addHelpText('after', SAME_WORDS)
    .action(statement<WaiveOptions>(context, async () => (await import('./statements.ts')).signException));
}

function registerUrgency(program: Command, context: Context): void {
  why(program.command('set-lane').description('set another lane than the one that was computed'))
    .addOption(new Option('--lane <lane>', 'how urgent it is').choices(LANES).makeOptionMandatory())
    .requiredOption('--due <time>', 'when the fix must run: 12h, 7d, or a time with its offset', instantOf)
    .addHelpText(
      'after',
      examples([
        [
          'It is exploited since this morning',
          "patchsteward set-lane 0190a0c4 --lane emergency --due 2026-12-01T18:00:00Z --why 'Exploited.' --key sam.key",
        ],
      ]) + SAME_WORDS,
    )
    .action(statement<LaneOptions>(context, async () => (await import('./statements.ts')).setLane));
  why(program.command('defer-test').description('let an emergency go to production first, and owe the test'))
    .requiredOption('--until <time>', 'when it is made up for: 12h, 2d, or a time with its offset', instantOf)
    .action(statement<UntilOptions>(context, async () => (await import('./statements.ts')).deferTest));
}

function registerIt(program: Command, context: Context): void {
  withSigningOptions(named(program.command('assess-risk').description('assess the risk of the change itself')))
    .addOption(
      new Option('--impact <level>', 'what goes wrong if it goes wrong')
        .choices(['low', 'medium', 'high'])
        .makeOptionMandatory(),
    )
    .addOption(
      new Option('--way-back <state>', 'how it is undone')
        .choices(['rehearsed', 'prepared', 'none'])
        .default('prepared'),
    )
    .option('--reboot', 'it may take a reboot')
    .option('--restart <unit>', 'a service that is restarted; give all', collected)
    .option('--exposure <text>', 'who can reach the systems')
    .option('--note <text>', 'what else others should know')
    .addHelpText(
      'after',
      examples([
        [
          'A library behind one service',
          'patchsteward assess-risk 0190a0c4 --impact low --restart nginx.service --key ivy.key',
        ],
      ]),
    )
    .action(statement<RiskOptions>(context, async () => (await import('./statements.ts')).assessRisk));
  why(program.command('declare-host').description('say what became of a host that does not answer'))
    .requiredOption('--asset <asset>', 'which, by id or name')
    .addOption(
      new Option('--as <state>', 'what it is')
        .choices(['up-verified', 'down-accepted', 'decommissioned'])
        .makeOptionMandatory(),
    )
    .action(statement<DeclareOptions>(context, async () => (await import('./statements.ts')).declareHost));
  withSigningOptions(
    named(program.command('audit').description('sign that a campaign is over; IT and Security must both sign')),
  )
    .option('--disposition <asset=text>', 'what became of a host that was not done; give all', collected)
    .action(statement<AuditOptions>(context, async () => (await import('./statements.ts')).audit));
}

function named(command: Command): Command {
  return command.argument('<campaign>', 'its id, the beginning of its id, or its title');
}

function why(command: Command): Command {
  return withSigningOptions(named(command)).requiredOption('--why <text>', 'why; it stays in the record');
}

type Compose<Options> = (speaker: Speaker, options: Options) => Promise<Draft> | Draft;

function statement<Options extends SigningOptions>(context: Context, load: () => Promise<Compose<Options>>) {
  return perform<Options>(context, async (call) => {
    const { signStatement } = await import('./statement-run.ts');
    return signStatement(call, context, await load());
  });
}
