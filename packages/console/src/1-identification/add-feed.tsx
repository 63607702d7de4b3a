import { Form } from '@patternfly/react-core/dist/esm/components/Form/Form';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { Action } from '../parts/action.tsx';
import { ChoiceField, TextField } from '../parts/field.tsx';
import { Failed } from '../parts/states.tsx';
import { call } from '../platform/client.ts';
import { strings } from '../platform/strings.ts';
import { EMPTY_FEED, type FeedDraft, feedProblem, feedRequest } from './feed-draft.ts';
import { feedList } from './queries.ts';

const words = strings.feeds;
const NAME_CHARACTERS_MAX = 63;
const LINE_CHARACTERS_MAX = 1_024;
const PROBLEMS = { name: words.nameWrong, address: words.addressWrong } as const;

/** A feed of advisories that nobody but this house knows. */
export function AddFeed({ onClose }: { readonly onClose: () => void }) {
  const [draft, setDraft] = useState(EMPTY_FEED);
  const put = (change: Partial<FeedDraft>): void => setDraft({ ...draft, ...change });
  const queries = useQueryClient();
  const save = useMutation({
    mutationFn: () => call('feed.add', { body: feedRequest(draft) }),
    onSuccess: async () => {
      onClose();
      await queries.invalidateQueries({ queryKey: feedList.queryKey });
    },
  });
  const problem = feedProblem(draft);
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    if (problem === null && !save.isPending) save.mutate();
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
            help={words.addressHelp}
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
        <div className="ps-form-actions">
          <Action
            variant="primary"
            submit
            disabledReason={problem === null ? null : PROBLEMS[problem]}
            busy={save.isPending ? words.adding : null}
          >
            {words.add}
          </Action>
          <Action variant="link" disabledReason={null} onAct={onClose}>
            {words.cancel}
          </Action>
        </div>
      </Form>
    </section>
  );
}
