import type { MaintenancePlan } from '@patchsteward/contract';
import type { Client } from '@patchsteward/contract/client';
import type { Context } from '../platform/context.ts';
import { EXIT, type ExitCode } from '../platform/exit-code.ts';
import { Failure } from '../platform/failure.ts';
import type { Invocation } from '../platform/perform.ts';
import { withServer } from '../platform/server-client.ts';
import type { ServerOptions } from '../platform/server-options.ts';
import type { Column } from '../platform/table.ts';
import { plainText } from '../platform/text.ts';
import { listed } from '../platform/words.ts';
import { cycleText } from './cycle-text.ts';
import { nextText, planText, turnText, waitingText } from './maintenance-text.ts';

const EMPTY =
  'No maintenance plans yet. Make one: patchsteward maintenance set servers --group nights --cycle "2nd tue" --zone Europe/Berlin\n';

export async function listPlans({ options }: Invocation<ServerOptions>, context: Context): Promise<ExitCode> {
  const answer = await withServer(options, context, (client) => client('maintenance-plan.list', {}));
  if (options.json === true) await context.output.json(answer);
  else if (answer.items.length === 0) await context.output.write(EMPTY);
  else await context.output.table(COLUMNS, answer.items);
  return EXIT.done;
}

export async function showPlan({ options, operands }: Invocation<ServerOptions>, context: Context): Promise<ExitCode> {
  const name = operands[0] ?? '';
  const { plan, waiting, turns } = await withServer(options, context, async (client) => {
    const found = await planNamed(client, name);
    const day = found.waiting?.day;
    return {
      plan: found,
      waiting: day === undefined ? null : await client('maintenance-turn.show', { params: { name, day } }),
      turns: (await client('maintenance-turn.list', { params: { name } })).items,
    };
  });
  if (options.json === true) {
    await context.output.json({ plan, waiting, turns });
    return EXIT.done;
  }
  const title = context.output.styled('bold', plainText(plan.name));
  await context.output.write(`${planText(plan, title)}${turns.map((turn) => turnText(turn, waiting)).join('')}`);
  return EXIT.done;
}

export async function planNamed(client: Client, name: string): Promise<MaintenancePlan> {
  const { items } = await client('maintenance-plan.list', {});
  const plan = items.find((one) => one.name === name);
  if (plan !== undefined) return plan;
  throw new Failure(`there is no maintenance plan ${name}`, 'see those there are with "patchsteward maintenance list"');
}

const COLUMNS: readonly Column<MaintenancePlan>[] = [
  { header: 'PLAN', text: ({ name }) => name },
  { header: 'CYCLE', text: ({ rule }) => cycleText(rule), shrinks: true },
  { header: 'GROUPS', text: ({ groups }) => listed(groups), shrinks: true },
  { header: 'NEXT', text: nextText },
  { header: 'WAITS', text: waitingText },
];
