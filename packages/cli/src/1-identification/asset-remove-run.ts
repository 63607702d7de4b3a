import { confirm } from '../platform/confirm.ts';
import type { Context } from '../platform/context.ts';
import { EXIT, type ExitCode } from '../platform/exit-code.ts';
import { Failure } from '../platform/failure.ts';
import type { Invocation } from '../platform/perform.ts';
import { withServer } from '../platform/server-client.ts';
import type { ServerOptions } from '../platform/server-options.ts';
import { plainText } from '../platform/text.ts';
import { assetNamed, isAssetId } from './asset-named.ts';
import type { AssetMergeOptions, AssetRemoveOptions } from './asset-removal.ts';

export async function removeAsset(
  { options, operands }: Invocation<AssetRemoveOptions>,
  context: Context,
): Promise<ExitCode> {
  const asset = await withServer(options, context, async (client) => {
    const { id, name } = await assetNamed(client, operands[0] ?? '');
    await confirm(`Take ${plainText(name)} (${id}) out of the inventory?`, options.yes === true, context);
    await client('asset.remove', { params: { id }, body: { why: options.why } });
    return { id, name };
  });
  if (options.json === true) await context.output.json(asset);
  else {
    await context.output.write(
      `${plainText(asset.name)} is out of the inventory. To bring it back: patchsteward asset restore ${asset.id}\n`,
    );
  }
  return EXIT.done;
}

export async function mergeAsset(
  { options, operands }: Invocation<AssetMergeOptions>,
  context: Context,
): Promise<ExitCode> {
  const merged = await withServer(options, context, async (client) => {
    const { id } = await assetNamed(client, operands[0] ?? '');
    const into = (await assetNamed(client, options.into)).id;
    const body = { into, why: options.why };
    const seen = await client('asset.merge', { params: { id }, body: { ...body, preview: true } });
    const said = seen.changes.map(({ field, before, after }) => `${field} ${before} -> ${after}`).join(', ');
    context.note(
      plainText(`${seen.from.name} goes into ${seen.into.name}: ${said === '' ? 'nothing changes there' : said}`),
    );
    await confirm('Merge them?', options.yes === true, context);
    return client('asset.merge', { params: { id }, body: { ...body, preview: false } });
  });
  if (options.json === true) await context.output.json(merged);
  else {
    await context.output.write(
      plainText(`${merged.from.name} is ${merged.into.name} now.`) +
        ` To take it back: patchsteward asset restore ${merged.from.id}\n`,
    );
  }
  return EXIT.done;
}

export async function restoreAsset(
  { options, operands }: Invocation<ServerOptions>,
  context: Context,
): Promise<ExitCode> {
  const [id = ''] = operands;
  if (!isAssetId(id)) {
    throw new Failure(`${id} is no id of an asset`, 'see "patchsteward asset removed"', { exitCode: EXIT.usage });
  }
  const restored = await withServer(options, context, (client) => client('asset.restore', { params: { id } }));
  if (options.json === true) await context.output.json(restored);
  else {
    const lines = [`${restored.name} is in the inventory again.`, ...restored.problems];
    await context.output.write(lines.map((line) => `${plainText(line)}\n`).join(''));
  }
  return EXIT.done;
}
