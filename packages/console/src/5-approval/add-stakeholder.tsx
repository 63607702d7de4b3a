import { Form } from '@patternfly/react-core/dist/esm/components/Form/Form';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { Action } from '../parts/action.tsx';
import { ChoiceField, TextField } from '../parts/field.tsx';
import { RefusedFields } from '../parts/refused-fields.tsx';
import { call } from '../platform/client.ts';
import { useForbidden } from '../platform/session.ts';
import { strings } from '../platform/strings.ts';
import { stakeholdersQuery } from './notice-queries.ts';

const words = strings.notices;
const NAME_CHARACTERS_MAX = 255;
const ADDRESS_CHARACTERS_MAX = 1_024;
const EMPTY = { name: '', channel: 'mail' as 'mail' | 'webhook', address: '', group: '*' };

const FIELDS = { name: words.name, channel: words.channel, address: words.address, group: words.group };

export function AddStakeholder() {
  const [draft, setDraft] = useState(EMPTY);
  const put = (change: Partial<typeof EMPTY>): void => setDraft({ ...draft, ...change });
  const queries = useQueryClient();
  const forbidden = useForbidden('operator');
  const add = useMutation({
    mutationFn: () => {
      const { name, channel, address, group } = draft;
      const body = { group: group.trim(), address: address.trim(), name: name.trim() === '' ? null : name.trim() };
      return call('stakeholder.add', { body: { ...body, channel } });
    },
    onSuccess: async () => {
      setDraft(EMPTY);
      await queries.invalidateQueries({ queryKey: stakeholdersQuery.queryKey });
    },
  });
  const missing = draft.address.trim() === '' || draft.group.trim() === '';
  const reason = forbidden ?? (missing ? words.fillIn(`${words.address} and ${words.group}`) : null);
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    if (reason === null && !add.isPending) add.mutate();
  };
  return (
    <section className="ps-panel" aria-label={words.add}>
      <h2>{words.add}</h2>
      <Form onSubmit={submit}>
        <RefusedFields error={add.error} labels={FIELDS}>
          <div className="ps-form-grid">
            <TextField
              label={words.name}
              value={draft.name}
              onChange={(name) => put({ name })}
              help={words.nameHelp}
              charactersMax={NAME_CHARACTERS_MAX}
            />
            <ChoiceField
              label={words.channel}
              value={draft.channel}
              words={words.channels}
              onChange={(channel) => put({ channel })}
            />
            <TextField
              label={words.address}
              value={draft.address}
              onChange={(address) => put({ address })}
              help={words.addressHelp[draft.channel]}
              charactersMax={ADDRESS_CHARACTERS_MAX}
            />
            <TextField
              label={words.group}
              value={draft.group}
              onChange={(group) => put({ group })}
              help={words.groupHelp}
              charactersMax={NAME_CHARACTERS_MAX}
            />
          </div>
        </RefusedFields>
        <Action variant="primary" submit disabledReason={reason} busy={add.isPending ? words.adding : null}>
          {words.add}
        </Action>
      </Form>
    </section>
  );
}
