import { Form } from '@patternfly/react-core/dist/esm/components/Form/Form';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Link, useLocation, useNavigate } from '@tanstack/react-router';
import { type FormEvent, useState } from 'react';
import { Fact } from '../../1-identification/asset-facts.tsx';
import { Action } from '../../parts/action.tsx';
import { Clock } from '../../parts/clock.tsx';
import { TextField } from '../../parts/field.tsx';
import { RefusedFields } from '../../parts/refused-fields.tsx';
import { Empty, Failed, Loading } from '../../parts/states.tsx';
import { call } from '../client.ts';
import { enterSession } from '../session.ts';
import { strings } from '../strings.ts';
import { Door } from './door.tsx';
import { PasswordRules } from './password-rules.tsx';

const words = strings.invitation;
const PASSWORD_CHARACTERS_MAX = 256;

/** Where the link of an invitation leads: the person sees as whom they are invited, and chooses a password. */
export function InvitationScreen() {
  // Behind the # sign: a browser never sends that part, so that it stands in no log.
  const secret = useLocation({ select: (location) => location.hash });
  return (
    <Door title={words.title}>
      {secret === '' ? (
        <Empty title={words.secretMissing}>{words.secretMissingWhatToDo}</Empty>
      ) : (
        <Invited key={secret} secret={secret} />
      )}
    </Door>
  );
}

function Invited({ secret }: { readonly secret: string }) {
  const invited = useQuery({
    queryKey: ['invitation', secret],
    queryFn: ({ signal }) => call('invitation.show', { body: { secret } }, signal),
    staleTime: Number.POSITIVE_INFINITY,
  });
  if (invited.isPending) return <Loading />;
  if (invited.isError) {
    return (
      <>
        <Failed error={invited.error} />
        <Link to="/sign-in">{strings.access.toSignIn}</Link>
      </>
    );
  }
  const { name, login, roles, expiresAt } = invited.data;
  return (
    <>
      <p>
        <strong>{words.welcome(name)}</strong> {words.lead}
      </p>
      <dl className="ps-facts">
        <Fact term={words.login}>
          <span className="ps-code">{login}</span>
        </Fact>
        <Fact term={words.roles}>
          {roles.length === 0 ? words.noRoles : roles.map((role) => strings.roleTitle[role]).join(', ')}
        </Fact>
        <Fact term={words.until}>
          <Clock at={expiresAt} form="exact" />
        </Fact>
      </dl>
      <AcceptForm secret={secret} login={login} />
    </>
  );
}

function AcceptForm({ secret, login }: { readonly secret: string; readonly login: string }) {
  const [password, setPassword] = useState('');
  const [shown, setShown] = useState(false);
  const queries = useQueryClient();
  const navigate = useNavigate();
  const accept = useMutation({
    mutationFn: () => call('invitation.accept', { body: { secret, password } }),
    onSuccess: async (session) => {
      enterSession(queries, session);
      // Replaced, so that the link is not in the history of this browser.
      await navigate({ to: '/', replace: true });
    },
  });
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    if (password !== '' && !accept.isPending) accept.mutate();
  };
  return (
    <Form onSubmit={submit}>
      <RefusedFields error={accept.error} labels={{ password: words.password }}>
        {/* For password managers, which keep a password with its login. */}
        <input
          className="ps-unseen"
          type="text"
          autoComplete="username"
          value={login}
          readOnly
          tabIndex={-1}
          aria-hidden
        />
        <TextField
          label={words.password}
          type={shown ? 'text' : 'password'}
          value={password}
          onChange={setPassword}
          autoComplete="new-password"
          charactersMax={PASSWORD_CHARACTERS_MAX}
          help={<PasswordRules password={password} />}
          focused
        />
      </RefusedFields>
      <div className="ps-form-actions">
        <Action
          variant="primary"
          submit
          disabledReason={password === '' ? strings.access.fillIn(words.password) : null}
          busy={accept.isPending ? words.accepting : null}
        >
          {words.accept}
        </Action>
        <Action variant="link" disabledReason={null} onAct={() => setShown(!shown)}>
          {shown ? strings.access.hidePassword : strings.access.showPassword}
        </Action>
      </div>
    </Form>
  );
}
