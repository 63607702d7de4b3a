import { CHECKLIST_STEPS, type ChecklistStep } from '@patchsteward/core/plan';
import { type Command, Option } from 'commander';
import type { Context } from '../platform/context.ts';
import { perform } from '../platform/perform.ts';
import { examples } from '../platform/program.ts';
import { type ListOptions, limitOption, type ServerOptions, withServerOptions } from '../platform/server-options.ts';

export interface WorkListOptions extends ListOptions {
  readonly campaign?: string;
  readonly person?: string;
}

export interface WorkItemOptions extends ServerOptions {
  readonly note?: string;
  readonly file?: readonly string[];
}

export interface WorkFailedOptions extends ServerOptions {
  readonly step: ChecklistStep;
  readonly why: string;
}

const NAMES = `
Work is named by its asset, where one piece of work on it is open, or by the first characters of its job.`;

/** `patchsteward work …`: work orders that people carry out by hand. // SOP P6 */
export function registerWork(program: Command, context: Context): void {
  const work = program
    .command('work')
    .description('work by hand on assets without an agent: take it, file it, report it');
  withServerOptions(work.command('list').description('list the work that is open, or all of a campaign'))
    .option('--campaign <campaign>', 'all of this one, what is done as well')
    .option('--person <login>', 'only that of this person')
    .addOption(limitOption('all'))
    .option('--all', 'all there are')
    .action(
      perform<WorkListOptions>(context, async (call) => (await import('./work-list.ts')).listWork(call, context)),
    );
  withServerOptions(
    work.command('show').description('show the checklist, and what was filed').argument('<work>', 'its asset or job'),
  )
    .addHelpText('after', NAMES)
    .action(perform<ServerOptions>(context, async (call) => (await import('./work-run.ts')).showWork(call, context)));
  withServerOptions(
    work
      .command('take')
      .description('begin, in its window: from here on the asset counts as down')
      .argument('<work>', 'its asset or job'),
  )
    .addHelpText('after', `${NAMES}\n\nExit code 3: it may not begin now; the reasons say why.`)
    .action(perform<ServerOptions>(context, async (call) => (await import('./work-run.ts')).takeWork(call, context)));
  registerFiling(work, context);
}

function registerFiling(work: Command, context: Context): void {
  withServerOptions(
    work
      .command('item')
      .description('an item of the checklist is done')
      .argument('<work>', 'its asset or job')
      .argument('<number>', 'as "work show" numbers it'),
  )
    .option('--note <text>', 'what was seen')
    .option(
      '--file <file>',
      'as evidence, 10 MiB at most; give all that are meant',
      (path: string, before?: readonly string[]) => [...(before ?? []), path],
    )
    .addHelpText('after', NAMES)
    .addHelpText(
      'after',
      examples([
        ['With what was seen', 'patchsteward work item core-sw-1 2 --note "took 4 minutes"'],
        ['With a file', 'patchsteward work item core-sw-1 4 --file show-version.txt'],
      ]),
    )
    .action(perform<WorkItemOptions>(context, async (call) => (await import('./work-run.ts')).fileItem(call, context)));
  withServerOptions(
    work
      .command('done')
      .description('report it done; believed with all the evidence that the checklist asks for')
      .argument('<work>', 'its asset or job'),
  )
    .addHelpText('after', NAMES)
    .action(perform<ServerOptions>(context, async (call) => (await import('./work-run.ts')).reportDone(call, context)));
  withServerOptions(
    work
      .command('failed')
      .description('report that it failed; the asset counts as down until people answer for it')
      .argument('<work>', 'its asset or job'),
  )
    .addOption(new Option('--step <step>', 'where').choices(CHECKLIST_STEPS).makeOptionMandatory())
    .requiredOption('--why <text>', 'what is wrong')
    .addHelpText('after', NAMES)
    .action(
      perform<WorkFailedOptions>(context, async (call) => (await import('./work-run.ts')).reportFailed(call, context)),
    );
}
