import { keyIdOf } from '@patchsteward/trust/keys';
import { ROOT_ROLES, type RootMachine, type RootPerson } from '@patchsteward/trust/root';
import { EXIT } from '../platform/exit-code.ts';
import { Failure } from '../platform/failure.ts';
import { readPublicKey } from './signer.ts';

/** `login:name:roles:key files`, from the words of a person to an entry of a root. */
export async function readPerson(text: string): Promise<RootPerson> {
  const [login, name, roleText, keyText, ...more] = text.split(':');
  if (!login || !name || roleText === undefined || !keyText || more.length > 0) {
    throw usage(`"${text}" is no person`, 'write login:name:roles:key files, for example "ivy:Ivy Berg:it:ivy.pub"');
  }
  const roles = rolesOf(login, roleText);
  const keys = await Promise.all(commaSeparated(keyText).map(readPublicKey));
  const entries = keys
    .map((key) => ({ class: 'cli' as const, key }))
    .sort((a, b) => (keyIdOf(a.key) < keyIdOf(b.key) ? -1 : 1));
  return { login, name, roles, keys: entries };
}

/** As `readPerson`; without key files it is somebody who signs with passkeys alone. */
export async function readNewPerson(text: string): Promise<RootPerson> {
  const [, login, name, roleText] = /^([^:]+):([^:]+):([^:]*):?$/.exec(text) ?? [];
  if (login === undefined || name === undefined || roleText === undefined) return readPerson(text);
  return { login, name, roles: rolesOf(login, roleText), keys: [] };
}

/** `login:roles`. */
export function readPersonRoles(text: string): Pick<RootPerson, 'login' | 'roles'> {
  const [login, roleText, ...more] = text.split(':');
  if (login && roleText !== undefined && more.length === 0) return { login, roles: rolesOf(login, roleText) };
  throw usage(`"${text}" says no roles`, 'write login:roles, for example "ivy:it,security"');
}

function rolesOf(login: string, text: string): RootPerson['roles'] {
  const roles = commaSeparated(text).map((word) => {
    const role = ROOT_ROLES.find((each) => each === word);
    if (role === undefined) throw usage(`${login}: "${word}" is no role`, `take some of ${ROOT_ROLES.join(', ')}`);
    return role;
  });
  return [...new Set(roles)].sort();
}

export async function readMachine(text: string): Promise<RootMachine> {
  const [name, path, ...more] = text.split(':');
  if (!name || !path || more.length > 0) {
    throw usage(`"${text}" is no machine`, 'write name:key file, for example "vault-1:prober.key"');
  }
  return { name, role: 'prober', key: await readPublicKey(path) };
}

function commaSeparated(text: string): readonly string[] {
  return text
    .split(',')
    .map((part) => part.trim())
    .filter((part) => part !== '');
}

function usage(what: string, advice: string): Failure {
  return new Failure(what, advice, { exitCode: EXIT.usage });
}
