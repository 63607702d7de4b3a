import type { Hash } from '@patchsteward/core/vocabulary';
import { keyIdOf, type PublicKey } from '@patchsteward/trust/keys';
import type { RootMachine, RootPerson, TrustRoot } from '@patchsteward/trust/root';
import { EXIT } from '../platform/exit-code.ts';
import { Failure } from '../platform/failure.ts';

export interface PersonKey {
  readonly login: string;
  readonly key: PublicKey;
}

/** What is to be another in the next version; each is done in this order. */
interface RootChange {
  /** Take the place of whoever has their login, keys and all. */
  readonly people: readonly RootPerson[];
  readonly removedPeople: readonly string[];
  /** Nobody of these is there yet. */
  readonly addedPeople: readonly RootPerson[];
  readonly roles: readonly Pick<RootPerson, 'login' | 'roles'>[];
  readonly removedKeys: readonly string[];
  readonly passkeys: readonly PersonKey[];
  readonly machines: readonly RootMachine[];
  readonly removedMachines: readonly string[];
}

/** People and machines after a change; what cannot be done is refused by its name. // rollout §3.4 */
export function changedHolders(present: TrustRoot, change: RootChange): Pick<TrustRoot, 'people' | 'machines'> {
  const { people, removedPeople, addedPeople, roles, removedKeys, passkeys } = change;
  const logins = present.people.map(({ login }) => login);
  assertThere(removedPeople, logins, 'person');
  const machineNames = present.machines.map(({ name }) => name);
  assertThere(change.removedMachines, machineNames, 'machine');
  refuseKnown(addedPeople, logins);
  const replacing = replaced(present.people, people, removedPeople, ({ login }) => login);
  const all = sorted([...replacing, ...addedPeople], ({ login }) => login);
  const staffed = roles.reduce(withRoles, all);
  return {
    people: passkeys.reduce(withPasskey, removedKeys.reduce(withoutKey, staffed)),
    machines: replaced(present.machines, change.machines, change.removedMachines, ({ name }) => name),
  };
}

function withRoles(people: readonly RootPerson[], { login, roles }: Pick<RootPerson, 'login' | 'roles'>) {
  return changedPerson(people, login, (person) => ({ ...person, roles }));
}

function withPasskey(people: readonly RootPerson[], { login, key }: PersonKey): readonly RootPerson[] {
  return changedPerson(people, login, (person) => {
    const others = person.keys.filter((each) => keyIdOf(each.key) !== keyIdOf(key));
    const keys = [...others, { class: 'console' as const, key }];
    return { ...person, keys: sorted(keys, (each) => keyIdOf(each.key)) };
  });
}

function withoutKey(people: readonly RootPerson[], keyid: string): readonly RootPerson[] {
  const holds = ({ keys }: RootPerson) => keys.some(({ key }) => isKey(key, keyid));
  if (!people.some(holds)) {
    throw usage(`no person of this root has the key ${keyid}`, 'look with "patchsteward trust show"');
  }
  return people.map((person) => ({ ...person, keys: person.keys.filter(({ key }) => !isKey(key, keyid)) }));
}

function isKey(key: PublicKey, keyid: string): boolean {
  const own: Hash = keyIdOf(key);
  return own === keyid;
}

function changedPerson(
  people: readonly RootPerson[],
  login: string,
  change: (person: RootPerson) => RootPerson,
): readonly RootPerson[] {
  assertThere(
    [login],
    people.map((person) => person.login),
    'person',
  );
  return people.map((person) => (person.login === login ? change(person) : person));
}

/** What is given takes the place of what had its name. */
function replaced<T>(
  present: readonly T[],
  given: readonly T[],
  gone: readonly string[],
  nameOf: (entry: T) => string,
): readonly T[] {
  const names = new Set([...gone, ...given.map(nameOf)]);
  return sorted([...present.filter((entry) => !names.has(nameOf(entry))), ...given], nameOf);
}

function sorted<T>(entries: readonly T[], nameOf: (entry: T) => string): readonly T[] {
  return entries.toSorted((a, b) => (nameOf(a) < nameOf(b) ? -1 : 1));
}

function refuseKnown(added: readonly RootPerson[], logins: readonly string[]): void {
  const known = added.find(({ login }) => logins.includes(login));
  if (known === undefined) return;
  throw usage(
    `${known.login} is in this root already`,
    'change roles with --person-roles, or replace the person and all keys with --person',
  );
}

function assertThere(names: readonly string[], known: readonly string[], what: string): void {
  const missing = names.find((name) => !known.includes(name));
  if (missing === undefined) return;
  throw usage(`there is no ${what} ${missing} in this root`, 'look with "patchsteward trust show"');
}

function usage(what: string, advice: string): Failure {
  return new Failure(what, advice, { exitCode: EXIT.usage });
}
