import { randomUUID } from 'node:crypto';
import type { AssetsChanged, AssetsSet } from '@patchsteward/contract';
import type { Client } from '@patchsteward/contract/client';
import { confirm } from '../platform/confirm.ts';
import type { Context } from '../platform/context.ts';
import { EXIT, type ExitCode } from '../platform/exit-code.ts';
import { Failure } from '../platform/failure.ts';
import type { Invocation } from '../platform/perform.ts';
import { withServer } from '../platform/server-client.ts';
import { plainText } from '../platform/text.ts';
import { counted, numberText } from '../platform/words.ts';
import type { AssetSetOptions } from './asset.ts';
import { assetNamed } from './asset-named.ts';
import { filterOf } from './asset-where.ts';

/** 200,000 assets in steps of a thousand: a server that never ends is one that is wrong. */
const REQUESTS_MAX = 200;

/** Sets the same on many: first what would change, then, after a yes, all of them. */
export async function setAssets(
  { options, operands }: Invocation<AssetSetOptions>,
  set: AssetsSet,
  context: Context,
): Promise<ExitCode> {
  const answer = await withServer(options, context, async (client) => {
    const of = await chosenBy(client, operands, options.where ?? []);
    return changeAfterLook(
      (key, preview) => client('asset.change-many', { body: { key, of, set, preview } }),
      options,
      context,
    );
  });
  if (options.json === true) await context.output.json(answer);
  else await context.output.write(outcomeText(answer));
  return answer.refused > 0 ? EXIT.findings : EXIT.done;
}

async function chosenBy(client: Client, names: readonly string[], where: readonly string[]) {
  if (names.length > 0) {
    const ids: string[] = [];
    for (const name of names) ids.push((await assetNamed(client, name)).id);
    return { kind: 'ids' as const, ids };
  }
  const filter = filterOf(where);
  const { total } = await client('asset.list', { query: { ...filter, limit: 1 } });
  if (total === 0) throw new Failure('no asset is like this', 'see what "patchsteward asset list --where" finds');
  return { kind: 'filter' as const, filter, total };
}

/** The server is asked what would change; a person says yes to that; then it is asked until it is done. */
export async function changeAfterLook(
  send: (key: string, preview: boolean) => Promise<AssetsChanged>,
  { yes }: { readonly yes?: true },
  context: Context,
): Promise<AssetsChanged> {
  const key = randomUUID();
  const seen = await send(key, true);
  if (seen.changed === 0) return seen;
  context.note(`${counted(seen.changed, 'asset')} would change: ${sampleText(seen)}`);
  await confirm(`Change ${counted(seen.changed, 'asset')}?`, yes === true, context);
  let answer = await send(key, false);
  for (let request = 1; answer.state === 'running' && request < REQUESTS_MAX; request += 1) {
    context.progress.show('changing assets', answer.total - answer.remaining);
    answer = await send(key, false);
  }
  return answer;
}

/** Of the first, what would be different. */
function sampleText({ items }: AssetsChanged): string {
  const sample = items.find(({ outcome }) => outcome === 'changed');
  if (sample === undefined) return '-';
  const changes = sample.changes.map(({ field, before, after }) => `${field} ${before} -> ${after}`).join(', ');
  return plainText(`${sample.name ?? sample.assetId}: ${changes}`);
}

export function outcomeText({ changed, unchanged, refused, state, items }: AssetsChanged): string {
  const lines = [
    state === 'preview'
      ? `Nothing to change: ${counted(unchanged, 'asset')} like that already, ${numberText(refused)} refused.`
      : `${counted(changed, 'asset')} changed, ${numberText(unchanged)} like that already, ${numberText(refused)} refused.`,
    ...items
      .filter(({ outcome }) => outcome === 'refused')
      .map(({ assetId, name, sentence }) => `  ${plainText(`${name ?? assetId}: ${sentence ?? ''}`)}`),
  ];
  return lines.map((line) => `${line}\n`).join('');
}
