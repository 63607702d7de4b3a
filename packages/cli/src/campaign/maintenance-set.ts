import type { MaintenancePlan, MaintenancePlanChange } from '@patchsteward/contract';
import type { Context } from '../platform/context.ts';
import { EXIT, type ExitCode } from '../platform/exit-code.ts';
import { Failure } from '../platform/failure.ts';
import type { Invocation } from '../platform/perform.ts';
import { withServer } from '../platform/server-client.ts';
import type { ServerOptions } from '../platform/server-options.ts';
import { plainText } from '../platform/text.ts';
import type { MaintenanceSetOptions, MaintenanceWhyOptions } from './maintenance.ts';
import { planText } from './maintenance-text.ts';

/** A week for test, signatures and notice. */
const LEAD_DAYS = 7;
const OPENS_AT = '09:00';

export async function setPlan(
  { options, operands }: Invocation<MaintenanceSetOptions>,
  context: Context,
): Promise<ExitCode> {
  const name = operands[0] ?? '';
  const plan = await withServer(options, context, async (client) => {
    const { items } = await client('maintenance-plan.list', {});
    const body = changeBy(
      items.find((one) => one.name === name),
      name,
      options,
    );
    return client('maintenance-plan.set', { params: { name }, body });
  });
  return present(plan, options, context);
}

/** What is not named stays as it is; a new plan has nothing that could stay. */
function changeBy(
  before: MaintenancePlan | undefined,
  name: string,
  { group, cycle, zone, leadDays, at, ask }: MaintenanceSetOptions,
): MaintenancePlanChange {
  const groups = group ?? before?.groups;
  const rule = cycle ?? before?.rule;
  if (groups === undefined || rule === undefined) {
    throw new Failure(`the maintenance plan ${name} is new and lacks groups or a cycle`, 'give --group and --cycle', {
      exitCode: EXIT.usage,
    });
  }
  return {
    ...{ version: before?.version ?? 0, groups: [...groups], rule, zone: zone ?? before?.zone ?? 'UTC' },
    leadDays: leadDays ?? before?.leadDays ?? LEAD_DAYS,
    opensAt: at ?? before?.opensAt ?? OPENS_AT,
    asked: [...(ask ?? before?.asked ?? [])],
  };
}

export async function pausePlan(
  { options, operands }: Invocation<MaintenanceWhyOptions>,
  context: Context,
): Promise<ExitCode> {
  const plan = await withServer(options, context, (client) =>
    client('maintenance-plan.pause', { params: { name: operands[0] ?? '' }, body: { why: options.why } }),
  );
  return present(plan, options, context);
}

export async function resumePlan(
  { options, operands }: Invocation<ServerOptions>,
  context: Context,
): Promise<ExitCode> {
  const plan = await withServer(options, context, (client) =>
    client('maintenance-plan.resume', { params: { name: operands[0] ?? '' } }),
  );
  return present(plan, options, context);
}

export async function removePlan(
  { options, operands }: Invocation<ServerOptions>,
  context: Context,
): Promise<ExitCode> {
  const name = operands[0] ?? '';
  const answer = await withServer(options, context, (client) =>
    client('maintenance-plan.remove', { params: { name } }),
  );
  if (options.json === true) await context.output.json(answer);
  else await context.output.write(`The maintenance plan ${plainText(name)} is gone.\n`);
  return EXIT.done;
}

async function present(plan: MaintenancePlan, { json }: { readonly json?: true }, context: Context): Promise<ExitCode> {
  if (json === true) await context.output.json(plan);
  else await context.output.write(planText(plan, context.output.styled('bold', plainText(plan.name))));
  return EXIT.done;
}
