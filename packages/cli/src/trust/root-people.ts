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
  const roles = commaSeparated(roleText).map((word) => {
    const role = ROOT_ROLES.find((each) => each === word);
    if (role === undefined) throw usage(`${login}: "${word}" is no role`, `take some of ${ROOT_ROLES.join(', ')}`);
    return role;
  });
  const keys = await Promise.all(commaSeparated(keyText).map(readPublicKey));
  const entries = keys
    .map((key) => ({ class: 'cli' as const, key }))
    .sort((a, b) => (keyIdOf(a.key) < keyIdOf(b.key) ? -1 : 1));
  return { login, name, roles: [...new Set(roles)].sort(), keys: entries };
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
