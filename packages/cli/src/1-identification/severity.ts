import type { SeverityJudgment } from '@patchsteward/contract';
import { type Command, Option } from 'commander';
import type { Context } from '../platform/context.ts';
import { perform } from '../platform/perform.ts';
import { examples } from '../platform/program.ts';
import {
  type ListOptions,
  type ServerOptions,
  withListOptions,
  withServerOptions,
} from '../platform/server-options.ts';

export interface SeverityListOptions extends ListOptions {
  readonly judged?: true;
  readonly held?: true;
  readonly source?: string;
  readonly release?: string;
}

export interface SeverityWithdrawOptions extends ServerOptions {
  readonly why: string;
  readonly yes?: true;
  readonly preview?: true;
}

export interface SeverityShowOptions extends ServerOptions {
  readonly release?: string;
}

export interface SeverityJudgeOptions extends SeverityWithdrawOptions {
  readonly as: SeverityJudgment['severity'];
  readonly replace?: true;
}

// A record and not a list: the compiler then misses a word that the contract has and we do not.
const SEVERITIES: Record<SeverityJudgment['severity'], true> = {
  none: true,
  low: true,
  medium: true,
  high: true,
  critical: true,
};

const RULES = `
A security update whose severity no source names runs on the critical clock until Security judges it. What is said counts at
once for every finding of the vulnerability, whatever sources say before or after, until it is withdrawn. That something is
known to be exploited stays, whatever is said. Open campaigns move up by themselves; down only when Security and an owner
sign another lane.`;

const DOWN = `
What becomes more urgent moves at once. What sources rate lower than before, or list as exploited no more, keeps its lane
and its due time until somebody of Security agrees. Open campaigns stay in their lane even then.`;

/** `patchsteward severity …`: what Security says where no source does. // decided 19c, SOP P2.1 */
export function registerSeverity(program: Command, context: Context): void {
  const severity = program
    .command('severity')
    .description('judge vulnerabilities whose severity no source names, or agree to less');
  registerList(severity, context);
  registerShow(severity, context);
  registerJudge(severity, context);
  registerWithdraw(severity, context);
  registerFollow(severity, context);
}

function registerList(severity: Command, context: Context): void {
  withListOptions(
    severity.command('list').description('list what waits for Security, or what Security said'),
    'vulnerability, source package, advisory and release',
    'the first 100',
  )
    .addOption(new Option('--judged', 'what Security said, the newest first').conflicts('held'))
    .option('--held', 'what sources say less of by now, and Security has not agreed to')
    .option('--source <package>', 'of this source package alone')
    .option('--release <release>', 'of this release alone, as debian:12')
    .addHelpText(
      'after',
      examples([
        ['What waits, the most urgent first', 'patchsteward severity list'],
        ['What was said, and by whom', 'patchsteward severity list --judged'],
        ['What could move down', 'patchsteward severity list --held'],
      ]),
    )
    .action(
      perform<SeverityListOptions>(context, async (call) =>
        (await import('./severity-list.ts')).listSeverities(call, context),
      ),
    );
}

function registerShow(severity: Command, context: Context): void {
  withServerOptions(severity.command('show').description('show what every source says, which one is believed, and why'))
    .argument('<vulnerability>', 'its id')
    .option('--release <release>', 'on this distribution, as debian or debian:12')
    .addHelpText(
      'after',
      examples([
        ['Who says what', 'patchsteward severity show CVE-2025-0001'],
        ['What counts on Ubuntu', 'patchsteward severity show CVE-2025-0001 --release ubuntu:24.04'],
      ]),
    )
    .action(
      perform<SeverityShowOptions>(context, async (call) =>
        (await import('./severity-show.ts')).showSeverity(call, context),
      ),
    );
}

function registerJudge(severity: Command, context: Context): void {
  withDecision(
    severity.command('judge').description('say how severe these vulnerabilities are; takes the role security'),
  )
    .addOption(new Option('--as <severity>', 'how severe').choices(Object.keys(SEVERITIES)).makeOptionMandatory())
    .option('--replace', 'also where Security said something before')
    .addHelpText('after', RULES)
    .addHelpText(
      'after',
      examples([
        [
          'What would move',
          'patchsteward severity judge CVE-2025-0001 CVE-2025-0002 --as medium --why "local only" --preview',
        ],
        ['Say it', 'patchsteward severity judge CVE-2025-0001 --as medium --why "needs a local account"'],
      ]),
    )
    .action(
      perform<SeverityJudgeOptions>(context, async (call) =>
        (await import('./severity-say.ts')).judgeSeverities(call, context),
      ),
    );
}

function registerWithdraw(severity: Command, context: Context): void {
  withDecision(severity.command('withdraw').description('take back what Security said; takes the role security'))
    .addHelpText(
      'after',
      examples([['Judge it anew', 'patchsteward severity withdraw CVE-2025-0001 --why "an exploit was published"']]),
    )
    .action(
      perform<SeverityWithdrawOptions>(context, async (call) =>
        (await import('./severity-say.ts')).withdrawSeverities(call, context),
      ),
    );
}

function registerFollow(severity: Command, context: Context): void {
  withDecision(
    severity
      .command('follow')
      .description('agree to what sources say by now, although it is less; takes the role security'),
  )
    .addHelpText('after', DOWN)
    .addHelpText(
      'after',
      examples([
        ['What would move down', 'patchsteward severity follow CVE-2025-0001 --why "vector corrected" --preview'],
        ['Let it', 'patchsteward severity follow CVE-2025-0001 --why "NVD corrected the vector"'],
      ]),
    )
    .action(
      perform<SeverityWithdrawOptions>(context, async (call) =>
        (await import('./severity-say.ts')).followSources(call, context),
      ),
    );
}

function withDecision(command: Command): Command {
  return withServerOptions(command)
    .argument('<vulnerabilities...>', 'their ids, up to 1,000')
    .requiredOption('--why <words>', 'why; it stands in the record and beside every finding')
    .option('--preview', 'show what would move, and change nothing')
    .option('--yes', 'do not ask');
}
