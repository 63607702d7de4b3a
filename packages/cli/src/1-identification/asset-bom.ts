import { BILL_CHARACTERS_MAX, type BillBody, HashText } from '@patchsteward/contract';
import type { Client } from '@patchsteward/contract/client';
import type { Context } from '../platform/context.ts';
import { EXIT, type ExitCode } from '../platform/exit-code.ts';
import { Failure } from '../platform/failure.ts';
import type { Invocation } from '../platform/perform.ts';
import { presentList } from '../platform/present-list.ts';
import { readInput } from '../platform/read-input.ts';
import { withServer } from '../platform/server-client.ts';
import type { Column } from '../platform/table.ts';
import { plainText } from '../platform/text.ts';
import { distanceText } from '../platform/time-text.ts';
import { counted, numberText } from '../platform/words.ts';
import type { AssetBomOptions } from './asset-bom-options.ts';
import { assetNamed } from './asset-named.ts';

type Options = Invocation<AssetBomOptions>['options'];

const EMPTY = 'No bill of materials yet. Give one: patchsteward asset bom ASSET FILE';

export async function assetBom(
  { options, operands }: Invocation<AssetBomOptions>,
  context: Context,
): Promise<ExitCode> {
  const [named = '', file] = operands;
  if (options.end === true && file !== undefined)
    throw usage('a file and --end do not go together', 'give one of them');
  const digest = options.digest ?? null;
  if (digest !== null && !HashText.safeParse(digest).success) {
    throw usage(`--digest ${digest} is no digest`, 'give it as sha256: and 64 small hexadecimal digits');
  }
  const text = file === undefined ? null : await textIn(file);
  return withServer(options, context, async (client) => {
    const asset = await assetNamed(client, named);
    const name = options.name ?? asset.name;
    if (options.end === true) return end(client, asset.id, name, options, context);
    if (text === null) return list(client, asset.id, options, context);
    const kind = digest === null ? ('application' as const) : ('image' as const);
    const bill = await client('bill.add', { params: { id: asset.id }, body: { name, kind, digest, text } });
    if (options.json === true) await context.output.json(bill);
    else await context.output.write(billText(asset.name, bill));
    return EXIT.done;
  });
}

function usage(problem: string, advice: string): Failure {
  return new Failure(problem, advice, { exitCode: EXIT.usage });
}

async function textIn(path: string): Promise<string> {
  const bytes = await readInput(path, BILL_CHARACTERS_MAX);
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch (error) {
    throw new Failure(`${path} is no text in UTF-8`, 'give CycloneDX (JSON, XML) or SPDX (JSON, tags)', {
      cause: error,
    });
  }
}

function billText(asset: string, { name, packages, refused, refusedTotal, tool }: BillBody): string {
  const lines = [
    `${plainText(`${name} of ${asset}`)}: ${counted(packages, 'package')}${tool === null ? '' : `, by ${plainText(tool)}`}.`,
    ...(refusedTotal === 0 ? [] : [`${counted(refusedTotal, 'entry', 'entries')} could not be used:`]),
    ...refused.map(({ entry, problem }) => `  ${plainText(`${entry}: ${problem}`)}`),
  ];
  return lines.map((line) => `${line}\n`).join('');
}

async function end(client: Client, id: string, name: string, options: Options, context: Context): Promise<ExitCode> {
  await client('bill.end', { params: { id, name } });
  if (options.json === true) await context.output.json({ id, name });
  else await context.output.write(`${plainText(name)} holds no more.\n`);
  return EXIT.done;
}

async function list(client: Client, id: string, options: Options, context: Context): Promise<ExitCode> {
  const answer = await client('bill.list', { params: { id } });
  await presentList({ ...answer, next: null }, { columns: columnsOf(Date.now()), empty: EMPTY }, options, context);
  return EXIT.done;
}

function columnsOf(now: number): Column<BillBody>[] {
  return [
    { header: 'OF', text: ({ name }) => name, shrinks: true },
    { header: 'KIND', text: ({ kind }) => kind },
    { header: 'PACKAGES', text: ({ packages }) => numberText(packages), align: 'right' },
    { header: 'NOT USED', text: ({ refusedTotal }) => numberText(refusedTotal), align: 'right' },
    { header: 'GIVEN', text: ({ from }) => distanceText(from, now) },
    { header: 'BY', text: ({ by }) => by },
    { header: 'TOOL', text: ({ tool }) => tool ?? '-', shrinks: true },
    { header: 'HOLDS', text: ({ until }) => (until === null ? 'now' : `until ${distanceText(until, now)}`) },
  ];
}
