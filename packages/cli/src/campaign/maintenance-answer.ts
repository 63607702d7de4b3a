import type { Client } from '@patchsteward/contract/client';
import type { Context } from '../platform/context.ts';
import { EXIT, type ExitCode } from '../platform/exit-code.ts';
import { Failure } from '../platform/failure.ts';
import type { Invocation } from '../platform/perform.ts';
import { withServer } from '../platform/server-client.ts';
import { presentOpened } from './campaign-open.ts';
import type { MaintenanceTakeOptions, MaintenanceWhyOptions } from './maintenance.ts';
import { planNamed } from './maintenance-list.ts';
import { turnText } from './maintenance-text.ts';

/** The turn that waits becomes a campaign. */
export async function takeTurn(
  { options, operands }: Invocation<MaintenanceTakeOptions>,
  context: Context,
): Promise<ExitCode> {
  const { requester } = options;
  const opened = await withServer(options, context, async (client) => {
    const params = await waitingTurn(client, operands[0] ?? '');
    return client('maintenance-turn.take', { params, body: requester === undefined ? {} : { requester } });
  });
  return presentOpened(opened, options, context);
}

export async function dismissTurn(
  { options, operands }: Invocation<MaintenanceWhyOptions>,
  context: Context,
): Promise<ExitCode> {
  const turn = await withServer(options, context, async (client) => {
    const params = await waitingTurn(client, operands[0] ?? '');
    return client('maintenance-turn.dismiss', { params, body: { why: options.why } });
  });
  if (options.json === true) await context.output.json(turn);
  else await context.output.write(turnText(turn, null));
  return EXIT.done;
}

async function waitingTurn(client: Client, name: string): Promise<{ readonly name: string; readonly day: string }> {
  const { waiting } = await planNamed(client, name);
  if (waiting !== null) return { name, day: waiting.day };
  throw new Failure(
    `no turn of the maintenance plan ${name} waits for an answer`,
    `see when the next one opens with "patchsteward maintenance show ${name}"`,
  );
}
