import type { FeedBody } from '@patchsteward/contract';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { Action } from '../parts/action.tsx';
import { GoodIcon, WarningIcon } from '../parts/icons.ts';
import { LongTextField } from '../parts/long-text-field.tsx';
import { Question } from '../parts/question.tsx';
import { Failed, Loading } from '../parts/states.tsx';
import { call } from '../platform/client.ts';
import { useForbidden } from '../platform/session.ts';
import { strings } from '../platform/strings.ts';
import { ProviderFound } from './provider-found.tsx';
import { ProviderKeyList } from './provider-key-list.tsx';
import { keyRows, keysDiffer } from './provider-keys.ts';
import { feedQuery } from './queries.ts';

const words = strings.provider;
const WHY_CHARACTERS_MAX = 1_000;

/** The keys that are pinned for a provider beside those that it serves; a difference waits for a person. */
export function FeedKeys({ feed }: { readonly feed: FeedBody }) {
  const detail = useQuery(feedQuery(feed.feed));
  const look = useMutation({ mutationFn: () => call('provider.look', { body: { url: feed.url ?? '' } }) });
  const [compared, setCompared] = useState<readonly string[]>([]);
  const [asking, setAsking] = useState(false);
  const [done, setDone] = useState(false);
  const forbidden = useForbidden('administrator');
  if (detail.isPending) return <Loading />;
  if (detail.data === undefined) return <Failed error={detail.error} onAgain={() => void detail.refetch()} />;
  const pinned = detail.data.fingerprints;
  const rows = keyRows(pinned, look.data ?? null);
  const stopped = forbidden ?? (look.data === undefined ? words.lookFirst : null);
  return (
    <section className="ps-feed-keys" aria-label={words.keysOf(feed.title)}>
      <h3>{words.keys}</h3>
      {pinned.length === 0 && <p>{words.noPinned}</p>}
      {look.data === undefined ? (
        <ul className="ps-pinned-keys">
          {pinned.map((fingerprint) => (
            <li key={fingerprint} className="ps-code ps-break">
              {fingerprint}
            </li>
          ))}
        </ul>
      ) : (
        <>
          <ProviderFound look={look.data} />
          {pinned.length > 0 && <Difference differs={keysDiffer(rows)} />}
          {rows.length === 0 && <p>{words.noKeys}</p>}
          <p className="ps-subtle">{words.compare}</p>
          <ProviderKeyList rows={rows} compared={compared} onCompared={setCompared} />
        </>
      )}
      {look.isError && <Failed error={look.error} />}
      {done && <p role="status">{words.pinnedDone}</p>}
      <div className="ps-form-actions">
        <Action
          disabledReason={forbidden}
          busy={look.isPending ? words.looking : null}
          onAct={() => {
            setCompared([]);
            setDone(false);
            look.mutate();
          }}
        >
          {words.lookAgain}
        </Action>
        <Action
          variant="primary"
          disabledReason={stopped ?? (compared.length === 0 ? words.tickFirst : null)}
          onAct={() => setAsking(true)}
        >
          {words.pin}
        </Action>
      </div>
      {asking && (
        <PinQuestion
          feed={feed}
          fingerprints={compared}
          onDone={() => {
            setDone(true);
            setCompared([]);
            look.reset();
          }}
          onClose={() => setAsking(false)}
        />
      )}
    </section>
  );
}

function Difference({ differs }: { readonly differs: boolean }) {
  if (!differs) {
    return (
      <p>
        <GoodIcon /> {words.unchanged}
      </p>
    );
  }
  return (
    <div className="ps-key-alarm" role="alert">
      <p>
        <WarningIcon /> <strong>{words.changed}</strong>
      </p>
      <p>{words.changedLead}</p>
    </div>
  );
}

interface PinQuestionProps {
  readonly feed: FeedBody;
  readonly fingerprints: readonly string[];
  readonly onDone: () => void;
  readonly onClose: () => void;
}

function PinQuestion({ feed, fingerprints, onDone, onClose }: PinQuestionProps) {
  const [why, setWhy] = useState('');
  const queries = useQueryClient();
  const pin = useMutation({
    mutationFn: () =>
      call('feed.pin-keys', {
        params: { feed: feed.feed },
        body: { fingerprints: [...fingerprints], why: why.trim() },
      }),
    onSuccess: async () => {
      onDone();
      onClose();
      await queries.invalidateQueries({ queryKey: feedQuery(feed.feed).queryKey });
    },
  });
  return (
    <Question
      title={words.pinQuestion(feed.title)}
      act={words.pin}
      busy={pin.isPending ? words.pinning : null}
      stopped={why.trim() === '' ? words.whyNeeded : null}
      keep={words.keep}
      error={pin.error}
      onAct={() => pin.mutate()}
      onClose={onClose}
    >
      <p>{words.pinConsequence}</p>
      <ul>
        {fingerprints.map((fingerprint) => (
          <li key={fingerprint} className="ps-code ps-break">
            {fingerprint}
          </li>
        ))}
      </ul>
      <LongTextField
        label={words.why}
        help={words.whyHelp}
        value={why}
        charactersMax={WHY_CHARACTERS_MAX}
        required
        focused
        onChange={setWhy}
      />
    </Question>
  );
}
