import { useSession } from '../platform/session.ts';
import { strings } from '../platform/strings.ts';
import { useTitle } from '../platform/title.ts';
import { ApiTokens } from './api-tokens.tsx';
import { Passkeys } from './passkeys.tsx';
import { PasswordForm } from './password-form.tsx';
import { ToldPreferences } from './told-preferences.tsx';

const words = strings.account;

/** What belongs to the person who is signed in: how they sign in, sign, and let programs act for them. */
export function AccountScreen() {
  useTitle(words.title);
  const person = useSession()?.person ?? null;
  return (
    <>
      <div className="ps-title">
        <h1>{words.title}</h1>
      </div>
      {person !== null && (
        <p className="ps-lead">
          {words.lead(
            person.name,
            person.login,
            person.roles.map((role) => strings.role[role]),
          )}
        </p>
      )}
      <h2 className="ps-subtitle">{words.passkeys.title}</h2>
      <Passkeys />
      <h2 className="ps-subtitle">{words.password.title}</h2>
      <PasswordForm login={person?.login ?? ''} />
      <h2 className="ps-subtitle">{strings.told.how.title}</h2>
      <ToldPreferences />
      <h2 className="ps-subtitle">{words.tokens.title}</h2>
      <ApiTokens />
    </>
  );
}
