import { Form } from '@patternfly/react-core/dist/esm/components/Form/Form';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { getRouteApi, useRouter } from '@tanstack/react-router';
import { type FormEvent, useState } from 'react';
import { Action } from '../../parts/action.tsx';
import { TextField } from '../../parts/field.tsx';
import { Empty, Failed } from '../../parts/states.tsx';
import { call } from '../client.ts';
import { localPath } from '../search-params.ts';
import { enterSession, useSession } from '../session.ts';
import { strings } from '../strings.ts';
import { DemoPeople } from './demo-people.tsx';
import { Door } from './door.tsx';

const LOGIN_CHARACTERS_MAX = 64;
const PASSWORD_CHARACTERS_MAX = 256;

const route = getRouteApi('/sign-in');

export function SignInScreen() {
  const session = useSession();
  return (
    <Door title={strings.screens.signIn}>
      {session?.firstRun === true ? (
        <Empty title={strings.access.firstRunNeeded}>{strings.access.firstRunNeededWhatToDo}</Empty>
      ) : (
        <SignInForm />
      )}
      <DemoPeople />
    </Door>
  );
}

function SignInForm() {
  const [login, setLogin] = useState('');
  const [password, setPassword] = useState('');
  const queries = useQueryClient();
  const router = useRouter();
  const { next } = route.useSearch();
  const signIn = useMutation({
    mutationFn: () => call('session.sign-in', { body: { login, password } }),
    onSuccess: (session) => {
      enterSession(queries, session);
      router.history.push(localPath(next));
    },
  });

  const missing = login === '' || password === '';
  const fields = `${strings.access.login} and ${strings.access.password}`;
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    if (!missing && !signIn.isPending) signIn.mutate();
  };

  return (
    <Form onSubmit={submit}>
      {signIn.isError && <Failed error={signIn.error} />}
      <TextField
        label={strings.access.login}
        value={login}
        onChange={setLogin}
        autoComplete="username"
        charactersMax={LOGIN_CHARACTERS_MAX}
        focused
      />
      <TextField
        label={strings.access.password}
        type="password"
        value={password}
        onChange={setPassword}
        autoComplete="current-password"
        charactersMax={PASSWORD_CHARACTERS_MAX}
      />
      <Action
        variant="primary"
        submit
        disabledReason={missing ? strings.access.fillIn(fields) : null}
        busy={signIn.isPending ? strings.access.signingIn : null}
      >
        {strings.access.signIn}
      </Action>
    </Form>
  );
}
