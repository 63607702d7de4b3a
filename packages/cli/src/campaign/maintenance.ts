import type { CycleRuleBody } from '@patchsteward/contract';
import { type Command, InvalidArgumentError } from 'commander';
import type { Context } from '../platform/context.ts';
import { perform } from '../platform/perform.ts';
import { examples } from '../platform/program.ts';
import { type ServerOptions, withServerOptions } from '../platform/server-options.ts';
import { CYCLE_FORMS, cycleOf } from './cycle-text.ts';

export interface MaintenanceSetOptions extends ServerOptions {
  readonly group?: readonly string[];
  readonly cycle?: CycleRuleBody;
  readonly zone?: string;
  readonly leadDays?: number;
  readonly at?: string;
  readonly ask?: readonly string[];
}

export interface MaintenanceWhyOptions extends ServerOptions {
  readonly why: string;
}

export interface MaintenanceTakeOptions extends ServerOptions {
  readonly requester?: string;
}

const RULES = `
A maintenance plan asks again and again for the routine campaign of its groups. At each turn the list of updates is frozen:
what its hosts are offered, what is routine and in no campaign yet, and cooled off where it ends no vulnerability. Nothing
starts by itself: somebody takes the turn and is the requester of its campaign, or dismisses it with a reason. A turn that
nobody answers lapses when the next one comes; turns that pass while no server runs, or while the plan is paused, are told.`;

const collected = (value: string, before: readonly string[] | undefined): readonly string[] => [
  ...(before ?? []),
  value,
];

/** `patchsteward maintenance …`: routine campaigns that come again. // SOP S2 */
export function registerMaintenance(program: Command, context: Context): void {
  const maintenance = program
    .command('maintenance')
    .description('maintenance plans: what asks for routine campaigns each month, or as a vendor recommends');
  withServerOptions(
    maintenance.command('list').description('list plans with their next turn and the one that waits for an answer'),
  ).action(
    perform<ServerOptions>(context, async (call) => (await import('./maintenance-list.ts')).listPlans(call, context)),
  );
  withServerOptions(
    maintenance
      .command('show')
      .description('show a plan, its next five turns, and what became of those before')
      .argument('<plan>', 'its name'),
  ).action(
    perform<ServerOptions>(context, async (call) => (await import('./maintenance-list.ts')).showPlan(call, context)),
  );
  registerSet(maintenance, context);
  registerAnswers(maintenance, context);
  registerRest(maintenance, context);
}

function registerSet(maintenance: Command, context: Context): void {
  withServerOptions(
    maintenance.command('set').description('make a plan, or change what is named of it').argument('<plan>', 'its name'),
  )
    .option('--group <group>', 'a maintenance group that it keeps up to date; give all of them', collected)
    .option('--cycle <cycle>', 'how often it comes, as in "2nd tue", "3rd tue jan,apr,jul,oct" or "mon"', typedCycle)
    .option('--zone <zone>', 'whose clocks: an IANA name, as in Europe/Berlin')
    .option('--lead-days <days>', 'so many days before the day of a turn its list is frozen (default: 7)', typedDays)
    .option('--at <time>', 'at this time of that day (default: 09:00)')
    .option('--ask <login>', 'somebody who is asked; give all of them', collected)
    .addHelpText('after', RULES)
    .addHelpText(
      'after',
      examples([
        [
          'Each month, a week before the second Tuesday',
          'patchsteward maintenance set servers --group nights --cycle "2nd tue" --zone Europe/Berlin --ask ivy',
        ],
        [
          'A day after the quarterly updates of a vendor',
          'patchsteward maintenance set quarterly --group oracle --cycle "3rd tue +1 jan,apr,jul,oct" --lead-days 0',
        ],
        [
          'On announced point releases',
          'patchsteward maintenance set points --group nights --cycle "2026-12-12,2027-02-13"',
        ],
      ]),
    )
    .action(
      perform<MaintenanceSetOptions>(context, async (call) =>
        (await import('./maintenance-set.ts')).setPlan(call, context),
      ),
    );
}

function registerAnswers(maintenance: Command, context: Context): void {
  withServerOptions(
    maintenance
      .command('take')
      .description('open the routine campaign of the turn that waits: you are its requester')
      .argument('<plan>', 'its name'),
  )
    .option('--requester <login>', 'who asks for it, on the server itself where nobody is signed in')
    .action(
      perform<MaintenanceTakeOptions>(context, async (call) =>
        (await import('./maintenance-answer.ts')).takeTurn(call, context),
      ),
    );
  withServerOptions(
    maintenance
      .command('dismiss')
      .description('say why there is no campaign this time; its updates come again at the next')
      .argument('<plan>', 'its name'),
  )
    .requiredOption('--why <text>', 'what speaks against it')
    .action(
      perform<MaintenanceWhyOptions>(context, async (call) =>
        (await import('./maintenance-answer.ts')).dismissTurn(call, context),
      ),
    );
}

function registerRest(maintenance: Command, context: Context): void {
  withServerOptions(
    maintenance.command('pause').description('ask nobody until it is resumed').argument('<plan>', 'its name'),
  )
    .requiredOption('--why <text>', 'why')
    .action(
      perform<MaintenanceWhyOptions>(context, async (call) =>
        (await import('./maintenance-set.ts')).pausePlan(call, context),
      ),
    );
  withServerOptions(
    maintenance.command('resume').description('ask again from the next turn on').argument('<plan>', 'its name'),
  ).action(
    perform<ServerOptions>(context, async (call) => (await import('./maintenance-set.ts')).resumePlan(call, context)),
  );
  withServerOptions(
    maintenance
      .command('remove')
      .description('remove a plan with its turns; the record keeps them')
      .argument('<plan>', 'its name'),
  ).action(
    perform<ServerOptions>(context, async (call) => (await import('./maintenance-set.ts')).removePlan(call, context)),
  );
}

function typedCycle(text: string): CycleRuleBody {
  const rule = cycleOf(text);
  if (rule === undefined) throw new InvalidArgumentError(CYCLE_FORMS);
  return rule;
}

function typedDays(text: string): number {
  const days = Number(text);
  if (/^\d{1,2}$/.test(text) && days <= 27) return days;
  throw new InvalidArgumentError('It must be a whole number of days, from 0 to 27.');
}
