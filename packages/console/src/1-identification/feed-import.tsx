import type { FeedBody } from '@patchsteward/contract';
import type { CallAnswer } from '@patchsteward/contract/client';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useRef } from 'react';
import { Action } from '../parts/action.tsx';
import { CountingNote } from '../parts/counting-note.tsx';
import { GoodIcon, RefreshIcon, UploadIcon } from '../parts/icons.ts';
import { Failed } from '../parts/states.tsx';
import { call } from '../platform/client.ts';
import { useForbidden } from '../platform/session.ts';
import { strings } from '../platform/strings.ts';

const words = strings.feeds;

type Imported = CallAnswer<'feed.import'>;

/** Renews a feed from its own address, or from a file where the network does not reach it. */
export function FeedImport({ feed }: { readonly feed: FeedBody }) {
  const queries = useQueryClient();
  const input = useRef<HTMLInputElement>(null);
  const renew = useMutation({
    mutationFn: (file: File | null) =>
      file === null
        ? call('feed.fetch', { params: { feed: feed.feed } })
        : call('feed.import', { params: { feed: feed.feed }, body: file }),
    // Whatever came of it, and whatever was judged by this feed before, is asked for anew.
    onSettled: () => queries.invalidateQueries(),
  });

  const forbidden = useForbidden('operator');
  const stopped = forbidden ?? (renew.isPending ? words.busyReason(feed.title) : null);
  const fetching = renew.isPending && renew.variables === null;
  const importing = renew.isPending && renew.variables !== null;

  return (
    <>
      <div className="ps-form-actions">
        <Action
          disabledReason={stopped ?? (feed.url === null ? words.noAddress : null)}
          busy={fetching ? words.fetching : null}
          onAct={() => renew.mutate(null)}
          icon={<RefreshIcon />}
          label={`${words.fetch}: ${feed.title}`}
        >
          {words.fetch}
        </Action>
        <Action
          disabledReason={stopped}
          busy={importing ? words.importing : null}
          onAct={() => input.current?.click()}
          icon={<UploadIcon />}
          label={`${words.import}: ${feed.title}`}
        >
          {words.import}
        </Action>
        <input
          ref={input}
          type="file"
          hidden
          aria-label={words.chooseFile(feed.title)}
          onChange={(event) => {
            const file = event.target.files?.[0];
            // The same file may be chosen again after a failure.
            event.target.value = '';
            if (file !== undefined) renew.mutate(file);
          }}
        />
      </div>
      {renew.isError && <Failed error={renew.error} />}
      {renew.data !== undefined && <ImportedNote imported={renew.data} />}
    </>
  );
}

function ImportedNote({ imported }: { readonly imported: Imported }) {
  const seconds = (imported.durationMs / 1000).toFixed(1);
  return (
    <div className="ps-done" role="status">
      <GoodIcon />
      <div>
        {imported.changed ? (
          <p>
            {words.imported(imported.records, seconds)}{' '}
            {words.changes(imported.added, imported.updated, imported.removed)} {words.rejudged(imported.rejudged)}
          </p>
        ) : (
          <p>{words.unchanged}</p>
        )}
        <CountingNote since={imported.countingSince} />
        {imported.judgesNothing && <p className="ps-problem">{words.judgesNothing}</p>}
        {imported.quarantinedTotal > 0 && (
          <details>
            <summary>{words.setAside(imported.quarantinedTotal)}</summary>
            <ul>
              {imported.quarantined.map(({ record, problem }) => (
                <li key={`${record} ${problem}`}>
                  <span className="ps-code">{record}</span>: {problem}
                </li>
              ))}
            </ul>
            {imported.quarantinedTotal > imported.quarantined.length && (
              <p>{words.setAsideMore(imported.quarantinedTotal - imported.quarantined.length)}</p>
            )}
          </details>
        )}
      </div>
    </div>
  );
}
