/** How somebody keeps the key that they sign with; null: they never sign. */
type SignsWith = 'key-file' | 'ssh-agent' | null;

/** One for each part of the procedure, and a second for what one person must not do alone. // SOP R1-R4 */
export const PEOPLE = [
  person('ada', 'Ada Lang', ['admin'], 'key-file'),
  person('bert', 'Bert Ohm', ['admin'], 'key-file'),
  // Of change management as well: what keeps her from approving is that she asked, not that she may not.
  person('ivy', 'Ivy Berg', ['change', 'it'], 'key-file'),
  person('ian', 'Ian Roth', ['it'], 'key-file'),
  person('otto', 'Otto Reis', ['owner'], 'key-file'),
  person('cara', 'Cara Holm', ['change'], 'key-file'),
  person('sam', 'Sam Voss', ['security'], 'ssh-agent'),
  person('ana', 'Ana Wirth', ['auditor'], null),
] as const;

/** The name under which the trust root knows the machine that looks into backups. */
export const PROBER = 'vault-1';

/** Somebody of the story. Account and trust root know each by the same login. */
export type Person = (typeof PEOPLE)[number];
export type Login = Person['login'];
export type AnyLogin = Login | typeof PROBER;

export function personOf(login: Login): Person {
  const found = PEOPLE.find((one) => one.login === login);
  if (found === undefined) throw new Error(`nobody is called ${login}`);
  return found;
}

function person<const Name extends string>(login: Name, name: string, roles: readonly string[], signsWith: SignsWith) {
  return { login, name, roles, signsWith };
}
