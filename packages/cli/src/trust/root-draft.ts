import { materialOf } from '@patchsteward/trust/keys';
import { encodeRoot, type TrustRoot } from '@patchsteward/trust/root';
import { EXIT } from '../platform/exit-code.ts';
import { Failure } from '../platform/failure.ts';

/** The bytes of a new root, or what is wrong with it, in words: nobody reads field names to mend a root. */
export function encodeDraft(root: TrustRoot): Uint8Array {
  const problem = problemOf(root);
  if (problem !== null) throw new Failure(problem.what, problem.advice, { exitCode: EXIT.usage });
  try {
    return encodeRoot(root);
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    throw new Failure(`this root cannot be: ${error.message}`, 'correct what is named and run it again', {
      cause: error,
      exitCode: EXIT.usage,
    });
  }
}

interface Problem {
  readonly what: string;
  readonly advice: string;
}

function problemOf(root: TrustRoot): Problem | null {
  const { people, profile, rootSigners, threshold } = root;
  const logins = people.map(({ login }) => login);
  const twice = logins.find((login, index) => logins.indexOf(login) !== index);
  const stranger = rootSigners.find((login) => !logins.includes(login));
  const shared = sharedKey(root);
  const keyless = people.find(({ keys }) => keys.length === 0);
  const able = people.filter(
    ({ login, keys }) => rootSigners.includes(login) && keys.some((key) => key.class === 'cli'),
  );
  if (twice !== undefined) return { what: `${twice} is named twice`, advice: 'name each person once, with all keys' };
  if (stranger !== undefined) return { what: `the root signer ${stranger} is nobody here`, advice: 'add the person' };
  if (rootSigners.length === 0) {
    return { what: 'nobody may sign roots', advice: 'give a person the role admin, or name one with --root-signer' };
  }
  if (threshold > rootSigners.length) {
    return { what: `${threshold} signers are needed and ${rootSigners.length} are there`, advice: 'lower --threshold' };
  }
  if (keyless !== undefined) {
    return { what: `${keyless.login} has no key`, advice: 'name a key, add a passkey, or take the person out' };
  }
  if (threshold > able.length) {
    return {
      what: `${threshold} signers of roots are needed and ${able.length} have a key of their own client`,
      advice: 'passkeys sign no roots: give the signers a key file or an SSH key',
    };
  }
  if (shared !== null) return { what: `${shared} have one key`, advice: 'each key belongs to one person or machine' };
  if (profile === 'solo' && (people.length !== 1 || (people[0]?.keys.length ?? 0) < 2)) {
    return {
      what: 'solo is one person with two keys or more',
      advice: 'name one --person with two key files, or take --team',
    };
  }
  return null;
}

function sharedKey({ people, machines }: TrustRoot): string | null {
  const holders = new Map<string, string>();
  const all = [
    ...people.flatMap(({ login, keys }) => keys.map(({ key }) => ({ name: login, key }))),
    ...machines.map(({ name, key }) => ({ name, key })),
  ];
  for (const { name, key } of all) {
    const other = holders.get(materialOf(key));
    if (other !== undefined) return `${other} and ${name}`;
    holders.set(materialOf(key), name);
  }
  return null;
}
