import type { CallAnswer } from '@patchsteward/contract/client';
import { confirm } from '../platform/confirm.ts';
import type { Context } from '../platform/context.ts';
import { EXIT, type ExitCode } from '../platform/exit-code.ts';
import { Failure } from '../platform/failure.ts';
import type { Invocation } from '../platform/perform.ts';
import { presentList } from '../platform/present-list.ts';
import { withServer } from '../platform/server-client.ts';
import type { ServerOptions } from '../platform/server-options.ts';
import type { Column } from '../platform/table.ts';
import { plainText } from '../platform/text.ts';
import { distanceText } from '../platform/time-text.ts';
import { counted, numberText } from '../platform/words.ts';
import type { AssetUndoOptions } from './asset-import-options.ts';
import { isAssetId } from './asset-named.ts';

const EMPTY = 'No list was imported yet. Import one: patchsteward asset import FILE --dry-run';

export async function listImports({ options }: Invocation<ServerOptions>, context: Context): Promise<ExitCode> {
  const answer = await withServer(options, context, (client) => client('asset.imports', {}));
  await presentList({ ...answer, next: null }, { columns: columnsOf(Date.now()), empty: EMPTY }, options, context);
  return EXIT.done;
}

function columnsOf(now: number): Column<CallAnswer<'asset.imports'>['items'][number]>[] {
  return [
    { header: 'LIST', text: ({ source }) => source, shrinks: true },
    { header: 'IMPORTED', text: ({ at }) => distanceText(at, now) },
    { header: 'BY', text: ({ by }) => by },
    { header: 'ADDED', text: ({ added }) => numberText(added), align: 'right' },
    { header: 'CHANGED', text: ({ changed }) => numberText(changed), align: 'right' },
    { header: 'REFUSED', text: ({ refused }) => numberText(refused), align: 'right' },
    { header: 'TAKEN BACK', text: ({ undoneAt }) => (undoneAt === null ? '-' : distanceText(undoneAt, now)) },
    { header: 'ID', text: ({ id }) => id },
  ];
}

export async function undoImport(
  { options, operands }: Invocation<AssetUndoOptions>,
  context: Context,
): Promise<ExitCode> {
  const [id = ''] = operands;
  if (!isAssetId(id)) {
    throw new Failure(`${id} is no id of an import`, 'see "patchsteward asset imports"', { exitCode: EXIT.usage });
  }
  const undone = await withServer(options, context, async (client) => {
    await confirm('Take this import back?', options.yes === true, context);
    return client('asset.undo-import', { params: { id } });
  });
  if (options.json === true) await context.output.json(undone);
  else {
    const { removed, restored, kept } = undone;
    const lines = [
      `${counted(removed, 'asset')} out of the inventory, ${numberText(restored)} as before, ${numberText(kept.length)} left.`,
      ...kept.map(({ line, name, problem }) => `  ${plainText(`line ${line}: ${name}: ${problem}`)}`),
    ];
    await context.output.write(lines.map((line) => `${line}\n`).join(''));
  }
  return undone.kept.length > 0 ? EXIT.findings : EXIT.done;
}
