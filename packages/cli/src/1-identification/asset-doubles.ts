import type { AssetDouble, RemovedAsset } from '@patchsteward/contract';
import type { Context } from '../platform/context.ts';
import { EXIT, type ExitCode } from '../platform/exit-code.ts';
import type { Invocation } from '../platform/perform.ts';
import { presentList } from '../platform/present-list.ts';
import { withServer } from '../platform/server-client.ts';
import type { ServerOptions } from '../platform/server-options.ts';
import type { Column } from '../platform/table.ts';
import { plainText } from '../platform/text.ts';
import { distanceText } from '../platform/time-text.ts';

/** Assets that may be one machine; a script hears of them by the exit code. */
export async function listDoubles({ options }: Invocation<ServerOptions>, context: Context): Promise<ExitCode> {
  const answer = await withServer(options, context, (client) => client('asset.doubles', {}));
  if (options.json === true) await context.output.json(answer);
  else if (answer.items.length === 0) await context.output.write('No two assets look like one machine.\n');
  else await context.output.write(answer.items.map((double) => doubleText(double, Date.now())).join(''));
  return answer.items.length === 0 ? EXIT.done : EXIT.findings;
}

const CAUSES: Readonly<Record<AssetDouble['cause'], string>> = {
  'machine-id': 'machine id',
  'external-id': 'external id',
  name: 'name',
};

function doubleText({ cause, shared, sentence, assets, keep }: AssetDouble, now: number): string {
  const lines = [
    plainText(`${CAUSES[cause]} ${shared}: ${sentence}`),
    ...assets.map(({ id, name, lastHeard }) => {
      const heard = lastHeard === null ? 'never heard of' : `heard of ${distanceText(lastHeard, now)}`;
      return `  ${id}  ${plainText(name)}, ${heard}${id === keep ? ', keep this one' : ''}`;
    }),
  ];
  return lines.map((line) => `${line}\n`).join('');
}

export async function listRemoved({ options }: Invocation<ServerOptions>, context: Context): Promise<ExitCode> {
  const answer = await withServer(options, context, (client) => client('asset.removed', {}));
  const empty = 'No asset was taken out of the inventory.';
  await presentList({ ...answer, next: null }, { columns: columnsOf(Date.now()), empty }, options, context);
  return EXIT.done;
}

function columnsOf(now: number): Column<RemovedAsset>[] {
  return [
    { header: 'NAME', text: ({ name }) => name },
    { header: 'REMOVED', text: ({ removedAt }) => distanceText(removedAt, now) },
    { header: 'BY', text: ({ removedBy }) => removedBy },
    {
      header: 'WHY',
      text: ({ why, mergedInto }) => (mergedInto === null ? why : `${why} (is ${mergedInto.name})`),
      shrinks: true,
    },
    { header: 'ID', text: ({ id }) => id },
  ];
}
