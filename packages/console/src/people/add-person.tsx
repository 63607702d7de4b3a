import { Form } from '@patternfly/react-core/dist/esm/components/Form/Form';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { Action } from '../parts/action.tsx';
import { TextField } from '../parts/field.tsx';
import { RefusedFields } from '../parts/refused-fields.tsx';
import { call } from '../platform/client.ts';
import { strings } from '../platform/strings.ts';
import { InvitationLink } from './invitation-link.tsx';
import { peopleQuery } from './queries.ts';
import { RoleBoxes, type RoleWord } from './role-boxes.tsx';

const words = strings.people;
const LOGIN_CHARACTERS_MAX = 64;
const NAME_CHARACTERS_MAX = 255;
const MAIL_CHARACTERS_MAX = 254;
const EMPTY = { login: '', name: '', mail: '', roles: [] as readonly RoleWord[] };

const FIELDS = { login: words.login, name: words.name, mail: words.mail, roles: words.roles };

/** Makes an account and the link with which its person comes in. */
export function AddPerson({ onClose }: { readonly onClose: () => void }) {
  const [draft, setDraft] = useState(EMPTY);
  const put = (change: Partial<typeof EMPTY>): void => setDraft({ ...draft, ...change });
  const queries = useQueryClient();
  const add = useMutation({
    mutationFn: () =>
      call('person.create', {
        body: {
          login: draft.login.trim(),
          name: draft.name.trim(),
          mail: draft.mail.trim() === '' ? null : draft.mail.trim(),
          roles: [...draft.roles],
          entry: 'invitation',
        },
      }),
    onSuccess: () => queries.invalidateQueries({ queryKey: peopleQuery.queryKey }),
  });
  const made = add.data;
  if (made !== undefined && made.invitation !== null) {
    return <InvitationLink person={made.person} invitation={made.invitation} onDone={onClose} />;
  }
  const missing = draft.login.trim() === '' || draft.name.trim() === '';
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    if (!missing && !add.isPending) add.mutate();
  };
  return (
    <section className="ps-panel" aria-label={words.add}>
      <h2>{words.add}</h2>
      <p className="ps-why">{words.addLead}</p>
      <Form onSubmit={submit}>
        <RefusedFields error={add.error} labels={FIELDS}>
          <div className="ps-form-grid">
            <TextField
              label={words.login}
              value={draft.login}
              onChange={(login) => put({ login })}
              help={words.loginHelp}
              charactersMax={LOGIN_CHARACTERS_MAX}
              focused
            />
            <TextField
              label={words.name}
              value={draft.name}
              onChange={(name) => put({ name })}
              help={words.nameHelp}
              charactersMax={NAME_CHARACTERS_MAX}
            />
            <TextField
              label={words.mail}
              value={draft.mail}
              onChange={(mail) => put({ mail })}
              help={words.mailHelp}
              charactersMax={MAIL_CHARACTERS_MAX}
            />
          </div>
          <RoleBoxes label={words.roles} value={draft.roles} onChange={(roles) => put({ roles })} />
        </RefusedFields>
        <div className="ps-form-actions">
          <Action
            variant="primary"
            submit
            disabledReason={missing ? words.fillIn(`${words.login} and ${words.name}`) : null}
            busy={add.isPending ? words.adding : null}
          >
            {words.invite}
          </Action>
          <Action variant="link" disabledReason={null} onAct={onClose}>
            {words.cancel}
          </Action>
        </div>
      </Form>
    </section>
  );
}
