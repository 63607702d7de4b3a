import { Form } from '@patternfly/react-core/dist/esm/components/Form/Form';
import { useMutation } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { Action } from '../parts/action.tsx';
import { TextField } from '../parts/field.tsx';
import { RefusedFields } from '../parts/refused-fields.tsx';
import { PasswordRules } from '../platform/access/password-rules.tsx';
import { call } from '../platform/client.ts';
import { strings } from '../platform/strings.ts';

const words = strings.account.password;
const PASSWORD_CHARACTERS_MAX = 256;

export function PasswordForm({ login }: { readonly login: string }) {
  const [current, setCurrent] = useState('');
  const [next, setNext] = useState('');
  const change = useMutation({
    mutationFn: () => call('password.change', { body: { current, next } }),
    onSuccess: () => {
      setCurrent('');
      setNext('');
    },
  });
  const missing = current === '' || next === '';
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    if (!missing && !change.isPending) change.mutate();
  };
  return (
    <section className="ps-panel" aria-label={words.title}>
      <Form onSubmit={submit}>
        <RefusedFields error={change.error} labels={{ current: words.current, next: words.next }}>
          {change.isSuccess && <p role="status">{words.changed}</p>}
          {/* For the keepers of passwords, which file them by login. */}
          <input
            type="text"
            className="ps-unseen"
            autoComplete="username"
            aria-hidden
            tabIndex={-1}
            readOnly
            value={login}
          />
          <div className="ps-form-grid">
            <TextField
              label={words.current}
              type="password"
              value={current}
              onChange={setCurrent}
              autoComplete="current-password"
              charactersMax={PASSWORD_CHARACTERS_MAX}
            />
            <TextField
              label={words.next}
              type="password"
              value={next}
              onChange={setNext}
              autoComplete="new-password"
              charactersMax={PASSWORD_CHARACTERS_MAX}
              help={<PasswordRules password={next} />}
            />
          </div>
        </RefusedFields>
        <Action
          variant="primary"
          submit
          disabledReason={missing ? words.missing : null}
          busy={change.isPending ? words.changing : null}
        >
          {words.change}
        </Action>
      </Form>
    </section>
  );
}
