import { Form } from '@patternfly/react-core/dist/esm/components/Form/Form';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Link, useLocation, useNavigate } from '@tanstack/react-router';
import { type FormEvent, useState } from 'react';
import { Action } from '../../parts/action.tsx';
import { TextField } from '../../parts/field.tsx';
import { RefusedFields } from '../../parts/refused-fields.tsx';
import { Empty, Failed, Loading } from '../../parts/states.tsx';
import { call } from '../client.ts';
import { enterSession, sessionQuery } from '../session.ts';
import { strings } from '../strings.ts';
import { Door } from './door.tsx';
import { PasswordRules } from './password-rules.tsx';

const LOGIN_CHARACTERS_MAX = 64;
const NAME_CHARACTERS_MAX = 255;
const PASSWORD_CHARACTERS_MAX = 256;

export function FirstRunScreen() {
  // Behind the # sign: a browser never sends that part, so that it stands in no log.
  const secret = useLocation({ select: (location) => location.hash });
  const session = useQuery(sessionQuery);

  return (
    <Door title={strings.screens.firstRun}>
      {session.isPending && <Loading />}
      {session.isError && <Failed error={session.error} onAgain={() => void session.refetch()} />}
      {session.isSuccess && !session.data.firstRun && (
        <Empty title={strings.access.firstRunDone} action={<Link to="/sign-in">{strings.access.toSignIn}</Link>} />
      )}
      {session.isSuccess && session.data.firstRun && secret === '' && (
        <Empty title={strings.access.secretMissing}>{strings.access.secretMissingWhatToDo}</Empty>
      )}
      {session.isSuccess && session.data.firstRun && secret !== '' && <FirstRunForm secret={secret} />}
    </Door>
  );
}

function FirstRunForm({ secret }: { readonly secret: string }) {
  const [name, setName] = useState('');
  const [login, setLogin] = useState('');
  const [password, setPassword] = useState('');
  const [shown, setShown] = useState(false);
  const queries = useQueryClient();
  const navigate = useNavigate();
  const create = useMutation({
    mutationFn: () => call('session.first-run', { body: { secret, login, name, password } }),
    onSuccess: async (session) => {
      enterSession(queries, session);
      // Replaced, so that the link is not in the history of this browser.
      await navigate({ to: '/', replace: true });
    },
  });

  const words = strings.access;
  const missing = name.trim() === '' || login === '' || password === '';
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    if (!missing && !create.isPending) create.mutate();
  };

  return (
    <Form onSubmit={submit}>
      <p>{words.firstRunLead}</p>
      <RefusedFields error={create.error} labels={{ name: words.name, login: words.login, password: words.password }}>
        <TextField
          label={words.name}
          value={name}
          onChange={setName}
          autoComplete="name"
          help={words.nameHelp}
          charactersMax={NAME_CHARACTERS_MAX}
          focused
        />
        <TextField
          label={words.login}
          value={login}
          onChange={setLogin}
          autoComplete="username"
          help={words.loginHelp}
          charactersMax={LOGIN_CHARACTERS_MAX}
        />
        <TextField
          label={words.password}
          type={shown ? 'text' : 'password'}
          value={password}
          onChange={setPassword}
          autoComplete="new-password"
          charactersMax={PASSWORD_CHARACTERS_MAX}
          help={<PasswordRules password={password} />}
        />
      </RefusedFields>
      <div className="ps-form-actions">
        <Action
          variant="primary"
          submit
          disabledReason={missing ? words.fillIn(`${words.name}, ${words.login} and ${words.password}`) : null}
          busy={create.isPending ? words.creating : null}
        >
          {words.create}
        </Action>
        <Action variant="link" disabledReason={null} onAct={() => setShown(!shown)}>
          {shown ? words.hidePassword : words.showPassword}
        </Action>
      </div>
    </Form>
  );
}
