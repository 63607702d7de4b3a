import { Form } from '@patternfly/react-core/dist/esm/components/Form/Form';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { Action } from '../parts/action.tsx';
import { Clock } from '../parts/clock.tsx';
import { CopyLine } from '../parts/copy-line.tsx';
import { ChoiceField, TextField } from '../parts/field.tsx';
import { RefusedFields } from '../parts/refused-fields.tsx';
import { call } from '../platform/client.ts';
import { strings } from '../platform/strings.ts';
import { apiTokensQuery } from './queries.ts';

const words = strings.account.tokens;
const NOTE_CHARACTERS_MAX = 255;
const DAYS = { week: 7, month: 30, quarter: 90, year: 365 } as const;

export function CreateApiToken() {
  const [note, setNote] = useState('');
  const [validity, setValidity] = useState<keyof typeof DAYS>('quarter');
  const queries = useQueryClient();
  const create = useMutation({
    mutationFn: () =>
      call('api-token.create', { body: { note: note.trim() === '' ? null : note.trim(), days: DAYS[validity] } }),
    onSuccess: () => queries.invalidateQueries({ queryKey: apiTokensQuery.queryKey }),
  });
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    if (!create.isPending) create.mutate();
  };
  const dismiss = (): void => {
    create.reset();
    setNote('');
  };

  if (create.data !== undefined) {
    return (
      <section className="ps-panel" aria-label={words.createdTitle}>
        <h3>{words.createdTitle}</h3>
        <CopyLine label={words.secret} text={create.data.secret} />
        <p>{words.createdOnce}</p>
        <p className="ps-subtle">
          {words.expires} <Clock at={create.data.expiresAt} form="exact" />
        </p>
        <Action disabledReason={null} onAct={dismiss}>
          {words.dismiss}
        </Action>
      </section>
    );
  }
  return (
    <section className="ps-panel" aria-label={words.create}>
      <Form onSubmit={submit}>
        <RefusedFields error={create.error} labels={{ note: words.note, days: words.validFor }}>
          <div className="ps-form-grid">
            <TextField
              label={words.note}
              value={note}
              onChange={setNote}
              help={words.noteHelp}
              charactersMax={NOTE_CHARACTERS_MAX}
            />
            <ChoiceField label={words.validFor} value={validity} words={words.validity} onChange={setValidity} />
          </div>
        </RefusedFields>
        <Action variant="primary" submit disabledReason={null} busy={create.isPending ? words.creating : null}>
          {words.create}
        </Action>
      </Form>
    </section>
  );
}
