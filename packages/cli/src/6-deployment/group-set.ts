import type { MaintenanceGroup, MaintenanceGroupChange } from '@patchsteward/contract';
import { ApiError, type Client } from '@patchsteward/contract/client';
import type { Context } from '../platform/context.ts';
import { EXIT, type ExitCode } from '../platform/exit-code.ts';
import { Failure } from '../platform/failure.ts';
import { itemsMaxOf, readPages } from '../platform/pages.ts';
import type { Invocation } from '../platform/perform.ts';
import { withServer } from '../platform/server-client.ts';
import { plainText } from '../platform/text.ts';
import type { GroupSetOptions } from './group.ts';
import { groupText } from './group-text.ts';

export async function setGroup(
  { options, operands }: Invocation<GroupSetOptions>,
  context: Context,
): Promise<ExitCode> {
  const name = operands[0] ?? '';
  if (options.zone === undefined && options.window === undefined) {
    throw new Failure('nothing to change is named', 'give --zone, --window or both', { exitCode: EXIT.usage });
  }
  const group = await withServer(options, context, async (client) => {
    const body = changeBy(name, await groupNamed(client, name), options);
    return changeTo(client, name, body);
  });
  if (options.json === true) await context.output.json(group);
  else await context.output.write(groupText(group, context.output.styled('bold', plainText(group.name))));
  return EXIT.done;
}

export async function groupNamed(client: Client, name: string): Promise<MaintenanceGroup | undefined> {
  const { items } = await readPages(
    (query) => client('group.list', { query }),
    itemsMaxOf({ all: true }),
    () => {},
  );
  return items.find((group) => group.name === name);
}

/** What is not named stays as it is; a new group has nothing that could stay. */
function changeBy(
  name: string,
  before: MaintenanceGroup | undefined,
  options: GroupSetOptions,
): MaintenanceGroupChange {
  const zone = options.zone ?? before?.zone;
  if (zone === undefined) {
    throw new Failure(`the group ${name} is new and has no zone`, 'say whose clocks count: --zone Europe/Berlin', {
      exitCode: EXIT.usage,
    });
  }
  const windows = options.window === false ? [] : (options.window ?? before?.windows ?? []);
  return { version: before?.version ?? 0, zone, windows: [...windows] };
}

export async function changeTo(client: Client, name: string, body: MaintenanceGroupChange): Promise<MaintenanceGroup> {
  try {
    return await client('group.set', { params: { name }, body });
  } catch (error) {
    if (!(error instanceof ApiError) || error.code !== 'conflict') throw error;
    throw new Failure(
      'somebody else changed this group at the same moment, so nothing was changed here',
      'look at it with "patchsteward group list" and set it again',
      { cause: error },
    );
  }
}
