import type { RemovedAsset } from '@patchsteward/contract';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Action } from '../parts/action.tsx';
import { Clock } from '../parts/clock.tsx';
import { Failed } from '../parts/states.tsx';
import { call } from '../platform/client.ts';
import { useForbidden } from '../platform/session.ts';
import { strings } from '../platform/strings.ts';
import { removedList } from './inventory-queries.ts';

const words = strings.doubles;

/** What was taken out of the inventory, each with its way back. */
export function RemovedAssets() {
  const list = useQuery(removedList);
  const queries = useQueryClient();
  const forbidden = useForbidden('operator');
  const restore = useMutation({
    mutationFn: ({ id }: RemovedAsset) => call('asset.restore', { params: { id } }),
    onSuccess: () => queries.invalidateQueries(),
  });
  const items = list.data?.items ?? [];
  return (
    <section className="ps-panel">
      <h2>{words.removedTitle}</h2>
      {list.isError && list.data === undefined && <Failed error={list.error} onAgain={() => void list.refetch()} />}
      {list.data !== undefined && items.length === 0 && <p className="ps-subtle">{words.removedNone}</p>}
      {restore.isError && <Failed error={restore.error} />}
      {restore.data !== undefined && (
        <p role="status">{[words.restored(restore.data.name), ...restore.data.problems].join(' ')}</p>
      )}
      <ul className="ps-import-lines" aria-label={words.removedTitle}>
        {items.map((asset) => (
          <li key={asset.id}>
            <span className="ps-break">{asset.name}</span>
            <span className="ps-break">
              <Clock at={asset.removedAt} form="relative" /> {words.removedBy(asset.removedBy, asset.why)}{' '}
              {asset.mergedInto !== null && words.mergedInto(asset.mergedInto.name)}
            </span>
            <Action
              small
              label={words.restoreOf(asset.name)}
              disabledReason={forbidden}
              busy={restore.isPending && restore.variables.id === asset.id ? words.restoring : null}
              onAct={() => restore.mutate(asset)}
            >
              {words.restore}
            </Action>
          </li>
        ))}
      </ul>
    </section>
  );
}
