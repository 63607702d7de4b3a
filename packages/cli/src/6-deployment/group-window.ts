import type { MaintenanceGroup, WindowBody } from '@patchsteward/contract';
import type { Client } from '@patchsteward/contract/client';
import type { Context } from '../platform/context.ts';
import { EXIT, type ExitCode } from '../platform/exit-code.ts';
import { Failure } from '../platform/failure.ts';
import type { Invocation } from '../platform/perform.ts';
import { withServer } from '../platform/server-client.ts';
import type { ServerOptions } from '../platform/server-options.ts';
import { plainText } from '../platform/text.ts';
import { changeTo, groupNamed } from './group-set.ts';
import { groupText, windowsText } from './group-text.ts';
import { WINDOW_FORMS, windowOf, windowText } from './window-text.ts';

export async function listWindows(
  { options, operands }: Invocation<ServerOptions>,
  context: Context,
): Promise<ExitCode> {
  const group = await withServer(options, context, (client) => existing(client, operands[0] ?? ''));
  return show(group, options, context);
}

export async function changeWindow(
  verb: 'add' | 'remove',
  { options, operands }: Invocation<ServerOptions>,
  context: Context,
): Promise<ExitCode> {
  const [name = '', text = ''] = operands;
  const window = windowOf(text);
  if (window === undefined) {
    throw new Failure(`"${text}" is no window`, WINDOW_FORMS, { exitCode: EXIT.usage });
  }
  const group = await withServer(options, context, async (client) => {
    const before = await existing(client, name);
    const windows = verb === 'add' ? withOne(before, window) : withoutOne(before, window);
    return changeTo(client, name, { version: before.version, zone: before.zone, windows: [...windows] });
  });
  return show(group, options, context);
}

async function existing(client: Client, name: string): Promise<MaintenanceGroup> {
  const group = await groupNamed(client, name);
  if (group !== undefined) return group;
  throw new Failure(`there is no maintenance group ${name}`, 'see those there are with "patchsteward group list"');
}

function withOne({ name, windows }: MaintenanceGroup, window: WindowBody): readonly WindowBody[] {
  if (!windows.some((one) => windowText(one) === windowText(window))) return [...windows, window];
  throw new Failure(`the group ${name} has the window ${windowText(window)} already`, 'nothing was changed');
}

function withoutOne({ name, windows }: MaintenanceGroup, window: WindowBody): readonly WindowBody[] {
  const left = windows.filter((one) => windowText(one) !== windowText(window));
  if (left.length < windows.length) return left;
  throw new Failure(`the group ${name} has no window ${windowText(window)}`, `it has: ${windowsText(windows)}`);
}

async function show(
  group: MaintenanceGroup,
  options: Invocation<ServerOptions>['options'],
  context: Context,
): Promise<ExitCode> {
  if (options.json === true) await context.output.json(group);
  else await context.output.write(groupText(group, context.output.styled('bold', plainText(group.name))));
  return EXIT.done;
}
