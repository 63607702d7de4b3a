import type { FeedBody } from '@patchsteward/contract';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { Action } from '../parts/action.tsx';
import { Question } from '../parts/question.tsx';
import { Failed } from '../parts/states.tsx';
import { call } from '../platform/client.ts';
import { useForbidden } from '../platform/session.ts';
import { strings } from '../platform/strings.ts';

const words = strings.feeds;

/** Whether a feed is fetched by itself, and the end of what it claims. */
export function FeedChoice({ feed }: { readonly feed: FeedBody }) {
  const [asked, setAsked] = useState(false);
  const queries = useQueryClient();
  const again = () => queries.invalidateQueries();
  const change = useMutation({
    mutationFn: (enabled: boolean) => call('feed.change', { params: { feed: feed.feed }, body: { enabled } }),
    onSettled: again,
  });
  const remove = useMutation({
    mutationFn: () => call('feed.remove', { params: { feed: feed.feed } }),
    onSuccess: again,
    onSettled: (_, error) => setAsked(error !== null),
  });
  const forbidden = useForbidden('administrator');
  const [choose, choosing] = feed.enabled ? [words.disable, words.disabling] : [words.enable, words.enabling];
  const used = feed.own || feed.state !== 'off';
  return (
    <>
      <div className="ps-form-actions">
        <Action
          disabledReason={forbidden ?? (feed.url === null ? words.noAddress : null)}
          busy={change.isPending ? choosing : null}
          onAct={() => change.mutate(!feed.enabled)}
          label={`${choose}: ${feed.title}`}
        >
          {choose}
        </Action>
        {used && (
          <Action
            disabledReason={forbidden ?? (feed.gives === 'claims' ? null : words.notRemovable)}
            onAct={() => setAsked(true)}
            label={`${words.remove}: ${feed.title}`}
          >
            {words.remove}
          </Action>
        )}
      </div>
      {change.isError && <Failed error={change.error} />}
      {asked && (
        <Question
          title={words.removeQuestion}
          act={words.remove}
          busy={remove.isPending ? words.removing : null}
          keep={words.keep}
          error={remove.error}
          onAct={() => remove.mutate()}
          onClose={() => setAsked(false)}
        >
          <p>
            <strong className="ps-break">{feed.title}</strong>
          </p>
          <p>{words.removeConsequence}</p>
        </Question>
      )}
    </>
  );
}
