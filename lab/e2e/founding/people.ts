import type { PersonCreated } from '@patchsteward/contract';
import type { Hand } from '../command.ts';
import { type AnyLogin, PEOPLE, type Person, PROBER } from '../people.ts';
import type { World } from '../world.ts';

const SETTING_UP = 'before the story';
const PROBER_ACCOUNT = { login: PROBER, name: 'The prober of backups', roles: [] } as const;

/** Accounts with tokens, keys that never leave their people, and a root that says whose key may sign what. */
export async function foundPeople(world: World): Promise<void> {
  await givePeopleAccounts(world);
  await makeKeys(world);
  await makeTrust(world);
}

interface Account {
  readonly login: AnyLogin;
  readonly name: string;
  readonly roles: readonly string[];
}

function givePeopleAccounts(world: World): Promise<void> {
  return world.transcript.step(SETTING_UP, 'people get accounts, each with a token of their own', async () => {
    const [first, ...others] = PEOPLE;
    // The first account can only be made on the server itself.
    await giveAccount(world, world.atServer(), first);
    await Promise.all([...others, PROBER_ACCOUNT].map((one) => giveAccount(world, world.as(first.login), one)));
  });
}

async function giveAccount(world: World, hand: Hand, { login, name, roles }: Account): Promise<void> {
  const named = ['person', 'add', login, '--name', name, '--mail', `${login}@patchsteward.test`];
  const { apiToken } = await hand.asks<PersonCreated>([
    ...named,
    ...roles.flatMap((role) => ['--role', role]),
    ...['--api-token', '1'],
  ]);
  world.learn(login, { token: apiToken?.secret ?? null });
}

function makeKeys(world: World): Promise<void> {
  return world.transcript.step(SETTING_UP, 'each makes a key that never leaves their own machine', async () => {
    await Promise.all([...PEOPLE.map((person) => makeKey(world, person)), makeProberKey(world)]);
  });
}

async function makeKey(world: World, { login, signsWith }: Person): Promise<void> {
  if (signsWith === null) return;
  const keyFile = signsWith === 'ssh-agent' ? await sshKeyOf(world, login) : world.secret(`${login}.key`);
  if (signsWith === 'key-file') await world.as(login).does(['key', 'new', keyFile, '--json']);
  const { keyId } = await world.as(login).looks<{ keyId: string }>(['key', 'show', keyFile]);
  world.learn(login, { keyFile, key: keyId });
}

/** An everyday SSH key; its secret half is known to the ssh-agent alone. */
async function sshKeyOf(world: World, login: Person['login']): Promise<string> {
  const secret = world.secret(`${login}-ssh`);
  const env = world.environmentOf(login);
  await world.lab.hub.run(['ssh-keygen', '-q', '-t', 'ed25519', '-N', '', '-C', login, '-f', secret], { env });
  await world.lab.hub.run(['ssh-add', '-q', secret], { env });
  await world.lab.hub.run(['rm', secret]);
  world.transcript.see(`${login} has an SSH key in an ssh-agent`);
  return `${secret}.pub`;
}

/** A machine signs without a person; its key lies open on its own disk. */
async function makeProberKey(world: World): Promise<void> {
  const keyFile = world.secret(`${PROBER}.key`);
  await world.prober().does(['key', 'new', keyFile, '--no-passphrase', '--json']);
  const { keyId } = await world.prober().looks<{ keyId: string }>(['key', 'show', keyFile]);
  world.learn(PROBER, { keyFile, key: keyId });
}

function makeTrust(world: World): Promise<void> {
  return world.transcript.step(SETTING_UP, 'two administrators sign who may sign what', async () => {
    const file = world.secret('root.json');
    const people = PEOPLE.filter(({ signsWith }) => signsWith !== null).flatMap(({ login, name, roles }) => [
      '--person',
      `${login}:${name}:${roles.join(',')}:${keyFileOf(world, login)}`,
    ]);
    const machines = ['--machine', `${PROBER}:${keyFileOf(world, PROBER)}`];
    const init = ['trust', 'init', '--team', '--organization', 'Patchsteward Lab', '--out', file];
    const made = await world
      .as('ada')
      .asks<{ hash: string }>([...init, ...people, ...machines, '--key', keyFileOf(world, 'ada')]);
    await world.as('bert').does(['trust', 'add-signature', file, '--key', keyFileOf(world, 'bert')]);
    const published = await world.as('ada').asks<{ hash: string }>(['trust', 'publish', file]);
    world.transcript.equal('the server has the root that they signed', published.hash, made.hash);
    world.rootSha256 = made.hash;
  });
}

function keyFileOf(world: World, login: AnyLogin): string {
  return world.credentials(login).keyFile ?? '';
}
