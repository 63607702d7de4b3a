import { randomUUID } from 'node:crypto';
import { type AssetImport, type AssetImported, IMPORT_BYTES_MAX, ListedAsset } from '@patchsteward/contract';
import { z } from 'zod';
import { confirm } from '../platform/confirm.ts';
import type { Context } from '../platform/context.ts';
import { EXIT, type ExitCode } from '../platform/exit-code.ts';
import { Failure } from '../platform/failure.ts';
import type { Invocation } from '../platform/perform.ts';
import { readInput } from '../platform/read-input.ts';
import { withServer } from '../platform/server-client.ts';
import { plainText } from '../platform/text.ts';
import { counted, numberText } from '../platform/words.ts';
import type { AssetImportOptions } from './asset-import-options.ts';

/** Lines that are listed; --json has more of them. */
const LINES_TOLD = 20;

/** Reads a list, says what it would do, and does it after a yes. */
export async function importAssets(
  { options, operands }: Invocation<AssetImportOptions>,
  context: Context,
): Promise<ExitCode> {
  const list = await listIn(operands[0] ?? '');
  const key = randomUUID();
  const answer = await withServer(options, context, async (client) => {
    const send = (preview: boolean) => client('asset.import', { body: { key, source: options.source, list, preview } });
    const seen = await send(true);
    if (options.dryRun === true || seen.added + seen.changed + seen.unchanged === 0) return seen;
    context.note(`${numberText(seen.added)} would be added, ${numberText(seen.changed)} changed.`);
    if (seen.refused > 0) context.note(`${counted(seen.refused, 'line')} would be refused; --dry-run lists them.`);
    await confirm(`Import ${counted(seen.total - seen.refused, 'asset')}?`, options.yes === true, context);
    return send(false);
  });
  if (options.json === true) await context.output.json(answer);
  else await context.output.write(importText(answer));
  return answer.refused > 0 ? EXIT.findings : EXIT.done;
}

async function listIn(path: string): Promise<AssetImport['list']> {
  const bytes = await readInput(path, IMPORT_BYTES_MAX);
  const text = decoded(path, bytes);
  if (/^\s*[[{]/.test(text)) return { form: 'items', items: itemsIn(path, text) };
  return { form: 'csv', text };
}

function decoded(path: string, bytes: Uint8Array): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch (error) {
    throw new Failure(`${path} is no text in UTF-8`, 'save the list as "CSV UTF-8"', { cause: error });
  }
}

function itemsIn(path: string, text: string): ListedAsset[] {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    throw new Failure(`${path} is no JSON`, 'give a list of assets as JSON or as CSV', { cause: error });
  }
  const items = z.array(ListedAsset).safeParse(value);
  if (items.success) return items.data;
  const [issue] = items.error.issues;
  throw new Failure(
    `${path} is no list of assets: ${issue?.path.join('.') ?? ''}: ${issue?.message ?? ''}`,
    'see which fields there are with "patchsteward asset import --help"',
  );
}

function importText({ id, state, added, changed, unchanged, refused, columns, items }: AssetImported): string {
  const unknown = columns.filter(({ field }) => field === null).map(({ header }) => header);
  const told = items.filter(({ outcome, problems }) => outcome !== 'unchanged' || problems.length > 0);
  const lines = [
    `${state === 'preview' ? 'Would be' : 'Were'} added: ${numberText(added)}, changed: ${numberText(changed)}, ` +
      `like that already: ${numberText(unchanged)}, refused: ${numberText(refused)}.`,
    ...(unknown.length === 0 ? [] : [`Columns that nobody knows, left out: ${plainText(unknown.join(', '))}`]),
    ...told.slice(0, LINES_TOLD).map(lineText),
    ...(told.length > LINES_TOLD ? [`  and ${numberText(told.length - LINES_TOLD)} more; --json has them`] : []),
    ...(state === 'done' ? [`Import ${id}`] : []),
  ];
  return lines.map((line) => `${line}\n`).join('');
}

function lineText({ line, name, outcome, problems, changes }: AssetImported['items'][number]): string {
  const differences = changes.map(({ field, before, after }) =>
    outcome === 'added' ? `${field} ${after}` : `${field} ${before} -> ${after}`,
  );
  const said = [...(outcome === 'refused' ? [] : [differences.join(', ')]), ...problems].filter((text) => text !== '');
  return `  ${plainText(`line ${line}: ${outcome} ${name}${said.length === 0 ? '' : `: ${said.join(' ')}`}`)}`;
}
