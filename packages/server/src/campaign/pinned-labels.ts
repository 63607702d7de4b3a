import type { AssetPinned, ReasonBody } from '@patchsteward/contract';
import { labelReasons } from '@patchsteward/core/1-identification';
import { readRunner, readRunners } from '../6-deployment/host-store.ts';
import type { Reader } from '../platform/database.ts';
import { reasonBody } from '../platform/http/reason-body.ts';

/** What people say now of these assets that their hosts contradict; hosts that say nothing of themselves contradict nothing. */
export async function readLabelReasons(reader: Reader, assetIds: readonly string[]): Promise<ReasonBody[]> {
  const runners = await readRunners(reader, assetIds);
  if (runners.size === 0) return [];
  const rows = await reader
    .selectFrom('identification.asset')
    .select(['id', 'name', 'environment', 'criticality'])
    .where('id', 'in', [...runners.keys()])
    .orderBy('name')
    .execute();
  return rows.flatMap(({ id, name, ...said }) => {
    const runner = runners.get(id);
    return runner === undefined ? [] : labelReasons(name, said, runner).map(reasonBody);
  });
}

/** What a host itself is pinned to, as it last said. // decided 14, 24 */
export async function readPinned(reader: Reader, assetId: string): Promise<AssetPinned> {
  const [runner, reasons] = await Promise.all([readRunner(reader, assetId), readLabelReasons(reader, [assetId])]);
  return { pinned: runner, reasons };
}
