import { strings } from '../strings.ts';

/** Shown before anything is typed. The server decides; this only says what it will decide by. */
export function PasswordRules({ password }: { readonly password: string }) {
  const words = strings.access;
  const min = words.passwordCharactersMin;
  return (
    <>
      <ul className="ps-rules" aria-label={words.passwordRules}>
        <li>{words.passwordRuleLength(min)}</li>
        <li>{words.passwordRuleCommon}</li>
        <li>{words.passwordRuleFree}</li>
      </ul>
      {password !== '' && <p>{words.passwordCount(Array.from(password).length, min)}</p>}
    </>
  );
}
