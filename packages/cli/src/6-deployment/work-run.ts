import { basename } from 'node:path';
import { EVIDENCE_BYTES_MAX, EvidenceName, type ManualWork, type WorkReport } from '@patchsteward/contract';
import type { Context } from '../platform/context.ts';
import { EXIT, type ExitCode } from '../platform/exit-code.ts';
import { Failure } from '../platform/failure.ts';
import type { Invocation } from '../platform/perform.ts';
import { readBytes } from '../platform/read-input.ts';
import { withServer } from '../platform/server-client.ts';
import type { ServerOptions } from '../platform/server-options.ts';
import { plainText } from '../platform/text.ts';
import type { WorkFailedOptions, WorkItemOptions } from './work.ts';
import { workNamed } from './work-named.ts';
import { workText } from './work-text.ts';

type Options = Invocation<ServerOptions>['options'];

export async function showWork({ options, operands }: Invocation<ServerOptions>, context: Context): Promise<ExitCode> {
  const work = await withServer(options, context, (client) => workNamed(client, operands[0] ?? ''));
  return present(work, options, context);
}

export async function takeWork({ options, operands }: Invocation<ServerOptions>, context: Context): Promise<ExitCode> {
  const taken = await withServer(options, context, async (client) => {
    const { job } = await workNamed(client, operands[0] ?? '');
    return client('work.take', { params: { job } });
  });
  const code = taken.kind === 'taken' ? EXIT.done : EXIT.findings;
  if (options.json === true) await context.output.json(taken);
  else if (taken.kind === 'taken') await context.output.write(workText(taken.work));
  else await context.output.write(taken.reasons.map(({ sentence }) => `${plainText(sentence)}\n`).join(''));
  return code;
}

/** The files first: an item that is done has them. */
export async function fileItem(
  { options, operands }: Invocation<WorkItemOptions>,
  context: Context,
): Promise<ExitCode> {
  const [named = '', number = ''] = operands;
  const item = itemOf(number);
  const files = await Promise.all((options.file ?? []).map(evidenceOf));
  const work = await withServer(options, context, async (client) => {
    const { job } = await workNamed(client, named);
    const params = { job, item };
    for (const { name, bytes } of files) await client('work.attach', { params, query: { name }, body: bytes });
    return client('work.item', { params, body: { note: options.note ?? null } });
  });
  return present(work, options, context);
}

function itemOf(number: string): number {
  if (/^[1-9]\d?$/.test(number)) return Number(number) - 1;
  throw new Failure(`${number} is no number of an item`, 'see them with "patchsteward work show"', {
    exitCode: EXIT.usage,
  });
}

async function evidenceOf(path: string): Promise<{ readonly name: string; readonly bytes: Uint8Array<ArrayBuffer> }> {
  const name = basename(path);
  if (!EvidenceName.safeParse(name).success) {
    throw new Failure(`${name} is no name for evidence`, 'rename it: letters, digits, dots, dashes and blanks', {
      exitCode: EXIT.usage,
    });
  }
  return { name, bytes: new Uint8Array(await readBytes(path, EVIDENCE_BYTES_MAX)) };
}

export async function reportDone(
  { options, operands }: Invocation<ServerOptions>,
  context: Context,
): Promise<ExitCode> {
  return report(operands[0] ?? '', { outcome: 'done' }, options, context);
}

export async function reportFailed(
  { options, operands }: Invocation<WorkFailedOptions>,
  context: Context,
): Promise<ExitCode> {
  const { step, why } = options;
  return report(operands[0] ?? '', { outcome: 'failed', step, why }, options, context);
}

async function report(named: string, body: WorkReport, options: Options, context: Context): Promise<ExitCode> {
  const work = await withServer(options, context, async (client) => {
    const { job } = await workNamed(client, named);
    return client('work.report', { params: { job }, body });
  });
  const code = await present(work, options, context);
  if (work.state === 'succeeded') context.note('The next list that shows the version closes it; import it soon.');
  return code;
}

async function present(work: ManualWork, { json }: Options, context: Context): Promise<ExitCode> {
  if (json === true) await context.output.json(work);
  else await context.output.write(workText(work));
  return EXIT.done;
}
