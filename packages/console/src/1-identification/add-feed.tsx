import type { ProviderLook } from '@patchsteward/contract';
import { Form } from '@patternfly/react-core/dist/esm/components/Form/Form';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { Action } from '../parts/action.tsx';
import { ChoiceField, TextField } from '../parts/field.tsx';
import { Failed } from '../parts/states.tsx';
import { call } from '../platform/client.ts';
import { strings } from '../platform/strings.ts';
import { EMPTY_FEED, type FeedDraft, feedProblem, feedRequest } from './feed-draft.ts';
import { ProviderFound } from './provider-found.tsx';
import { ProviderKeyList } from './provider-key-list.tsx';
import { keyRows } from './provider-keys.ts';
import { feedList } from './queries.ts';

const words = strings.feeds;
const provider = strings.provider;
const NAME_CHARACTERS_MAX = 63;
const LINE_CHARACTERS_MAX = 1_024;
const PROBLEMS = { name: words.nameWrong, address: words.addressWrong } as const;

/** A feed of advisories that nobody but this house knows. */
export function AddFeed({ onClose }: { readonly onClose: () => void }) {
  const [draft, setDraft] = useState(EMPTY_FEED);
  const [compared, setCompared] = useState<readonly string[]>([]);
  const look = useMutation({ mutationFn: () => call('provider.look', { body: { url: draft.url.trim() } }) });
  const put = (change: Partial<FeedDraft>): void => {
    setDraft({ ...draft, ...change });
    if (change.url === undefined && change.form === undefined) return;
    // Another provider has other keys.
    look.reset();
    setCompared([]);
  };
  const queries = useQueryClient();
  const save = useMutation({
    mutationFn: () => call('feed.add', { body: feedRequest(draft, compared) }),
    onSuccess: async () => {
      onClose();
      await queries.invalidateQueries({ queryKey: feedList.queryKey });
    },
  });
  const problem = feedProblem(draft);
  const looksFirst = draft.form === 'csaf' && look.data === undefined;
  const unready = problem === null ? null : PROBLEMS[problem];
  const uncompared = draft.form === 'csaf' && look.data?.isTrusted === true && compared.length === 0;
  const stopped = unready ?? (uncompared ? provider.tickFirst : null);
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    if (stopped !== null || save.isPending || look.isPending) return;
    if (looksFirst) look.mutate();
    else save.mutate();
  };
  return (
    <section className="ps-panel ps-feed" aria-label={words.add}>
      <h2>{words.add}</h2>
      <Form onSubmit={submit}>
        <p>{words.addLead}</p>
        {save.isError && <Failed error={save.error} />}
        <div className="ps-form-grid">
          <TextField
            label={words.name}
            value={draft.feed}
            onChange={(feed) => put({ feed })}
            help={words.nameHelp}
            charactersMax={NAME_CHARACTERS_MAX}
            focused
          />
          <ChoiceField label={words.form} value={draft.form} words={words.forms} onChange={(form) => put({ form })} />
          <TextField
            label={words.address}
            value={draft.url}
            onChange={(url) => put({ url })}
            help={draft.form === 'csaf' ? provider.addressHelp : words.addressHelp}
            charactersMax={LINE_CHARACTERS_MAX}
          />
          <TextField
            label={words.titleField}
            value={draft.title}
            onChange={(title) => put({ title })}
            help={words.titleHelp}
            charactersMax={LINE_CHARACTERS_MAX}
          />
        </div>
        {look.isError && <Failed error={look.error} />}
        {look.data !== undefined && <Found look={look.data} compared={compared} onCompared={setCompared} />}
        <div className="ps-form-actions">
          <Action variant="primary" submit disabledReason={stopped} busy={busyWords(look.isPending, save.isPending)}>
            {looksFirst ? provider.look : addWords(draft.form === 'csaf', compared.length)}
          </Action>
          <Action variant="link" disabledReason={null} onAct={onClose}>
            {words.cancel}
          </Action>
        </div>
      </Form>
    </section>
  );
}

function busyWords(looking: boolean, saving: boolean): string | null {
  if (looking) return provider.looking;
  return saving ? words.adding : null;
}

function addWords(isProvider: boolean, keys: number): string {
  if (!isProvider) return words.add;
  return keys === 0 ? provider.addWithout : provider.addPinned(keys);
}

interface FoundProps {
  readonly look: ProviderLook;
  readonly compared: readonly string[];
  readonly onCompared: (compared: readonly string[]) => void;
}

/** A provider that was found, with the keys that a person compares. */
function Found({ look, compared, onCompared }: FoundProps) {
  const rows = keyRows([], look);
  return (
    <>
      <ProviderFound look={look} />
      {rows.length === 0 ? <p>{provider.noKeys}</p> : <p className="ps-subtle">{provider.compare}</p>}
      <ProviderKeyList rows={rows} compared={compared} onCompared={onCompared} />
    </>
  );
}
