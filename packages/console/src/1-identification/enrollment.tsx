import { Form } from '@patternfly/react-core/dist/esm/components/Form/Form';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { Action } from '../parts/action.tsx';
import { ChoiceField, TextField } from '../parts/field.tsx';
import { RefusedFields } from '../parts/refused-fields.tsx';
import { Failed, Loading } from '../parts/states.tsx';
import { call } from '../platform/client.ts';
import { useForbidden } from '../platform/session.ts';
import { strings } from '../platform/strings.ts';
import { useTitle } from '../platform/title.ts';
import { CreatedToken, type TokenState } from './created-token.tsx';
import { EnrollmentTokens } from './enrollment-tokens.tsx';
import { tokenList } from './queries.ts';

const words = strings.enrollment;
const NOTE_CHARACTERS_MAX = 255;
const HOUR_MS = 3_600_000;
const VALIDITY_MS = { hour: HOUR_MS, shift: 8 * HOUR_MS, day: 24 * HOUR_MS, week: 7 * 24 * HOUR_MS } as const;

export function EnrollmentScreen() {
  useTitle(strings.screens.enrollment);
  const forbidden = useForbidden('administrator');
  const tokens = useQuery({ ...tokenList, enabled: forbidden === null });

  const states = new Map(tokens.data?.items.map(({ id, state }) => [id, state]));

  return (
    <>
      <div className="ps-title">
        <h1>{strings.screens.enrollment}</h1>
      </div>
      <p className="ps-lead">{words.lead}</p>
      <CreateToken forbidden={forbidden} states={states} />
      <h2 className="ps-subtitle">{words.listTitle}</h2>
      {forbidden !== null && <p className="ps-subtle">{forbidden}</p>}
      {forbidden === null && tokens.isPending && <Loading />}
      {tokens.data === undefined && tokens.isError && (
        <Failed error={tokens.error} onAgain={() => void tokens.refetch()} />
      )}
      {tokens.data !== undefined && <EnrollmentTokens tokens={tokens.data.items} />}
    </>
  );
}

interface CreateTokenProps {
  readonly forbidden: string | null;
  /** Of the tokens that are known, by their ids. */
  readonly states: ReadonlyMap<string, TokenState>;
}

function CreateToken({ forbidden, states }: CreateTokenProps) {
  const [note, setNote] = useState('');
  const [validity, setValidity] = useState<keyof typeof VALIDITY_MS>('hour');
  const queries = useQueryClient();
  const create = useMutation({
    mutationFn: () =>
      call('enrollment-token.create', {
        body: { validMs: VALIDITY_MS[validity], note: note.trim() === '' ? null : note.trim() },
      }),
    onSuccess: () => queries.invalidateQueries({ queryKey: tokenList.queryKey }),
  });
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    if (forbidden === null && !create.isPending) create.mutate();
  };

  if (create.data !== undefined) {
    return (
      <CreatedToken
        created={create.data}
        state={states.get(create.data.id) ?? 'open'}
        onDone={() => {
          create.reset();
          setNote('');
        }}
      />
    );
  }
  return (
    <section className="ps-panel" aria-label={words.create}>
      <Form onSubmit={submit}>
        <RefusedFields error={create.error} labels={{ note: words.note, validMs: words.validFor }}>
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
        <Action variant="primary" submit disabledReason={forbidden} busy={create.isPending ? words.creating : null}>
          {words.create}
        </Action>
      </Form>
    </section>
  );
}
