import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { StoredPasskey } from '@patchsteward/contract';
import { parseEnvelope, payloadOf } from '@patchsteward/trust/dsse';
import { keyIdOf } from '@patchsteward/trust/keys';
import { decodeRoot, rootHash, type TrustRoot, verifyRootChain } from '@patchsteward/trust/root';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { makePasskey, type TestPasskey } from '../../../trust/src/testing/passkeys.ts';
import { FakeServer } from '../platform/testing/fake-server.ts';
import { run } from '../platform/testing/run.ts';

let folder: string;
let fake: FakeServer;
let first: string;
let made = 1;
const at = (name: string) => join(folder, name);
const fresh = () => {
  made += 1;
  return at(`root-${made}.json`);
};

const CARA = makePasskey('es256', 'localhost');
const CARA_PHONE = makePasskey('ed25519', 'localhost');
const NORA = makePasskey('es256', 'localhost');

function stored(login: string, passkey: TestPasskey, given: Partial<StoredPasskey> = {}): StoredPasskey {
  const { public: publicKey, site } = passkey.key;
  const createdAt = '2026-11-22T09:00:00.000Z';
  return {
    login,
    label: 'Laptop',
    keyid: keyIdOf(passkey.key),
    site,
    publicKey,
    createdAt,
    state: 'waiting',
    ...given,
  };
}

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'trust-passkeys-'));
  for (const name of ['ada', 'cara']) await run(['key', 'new', at(name), '--no-passphrase']);
  first = at('root.json');
  const people = ['--person', `ada:Ada Lang:admin:${at('ada')}`, '--person', `cara:Cara Holm:change:${at('cara')}`];
  await run(['trust', 'init', '--team', '--organization', 'Example', '--out', first, ...people, '--key', at('ada')]);
  fake = await FakeServer.start();
});
afterAll(async () => {
  await fake.close();
  await rm(folder, { recursive: true, force: true });
});

beforeEach(async () => {
  const envelope = await envelopeOf(first);
  const body = { ...envelope, signatures: [...envelope.signatures] };
  const item = { version: 1, hash: rootHash(payloadOf(envelope)), envelope: body };
  fake.answers = {
    'trust.roots': ({ query }) => ({ items: query['after'] === 0 ? [item] : [] }),
    'trust.show': () => ({
      root: null,
      reason: null,
      passkeys: [stored('cara', CARA), stored('cara', CARA_PHONE), stored('nora', NORA)],
    }),
  };
});

async function envelopeOf(path: string) {
  const parsed = parseEnvelope(await readFile(path));
  if (!parsed.ok) throw new Error(parsed.refusal.detail);
  return parsed.value;
}

async function rootOf(path: string): Promise<TrustRoot> {
  const read = decodeRoot(payloadOf(await envelopeOf(path)));
  if (!read.ok) throw new Error(read.refusal.detail);
  return read.value;
}

const change = (...argv: readonly string[]) =>
  run(['trust', 'change', ...argv], { environment: { PATCHSTEWARD_DATA: fake.data } });
const keysOf = (root: TrustRoot, login: string) =>
  root.people.find((person) => person.login === login)?.keys.map((each) => [keyIdOf(each.key), each.class]) ?? [];

describe('trust change with passkeys', () => {
  it('adds the one that its person named, from the newest root of the server, and hosts follow', async () => {
    const out = fresh();
    const wanted = `cara=${keyIdOf(CARA.key)}`;
    const { code, stdout, stderr } = await change('--out', out, '--add-passkey', wanted, '--key', at('ada'));

    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(stdout).toContain(`  + key of cara  ${keyIdOf(CARA.key)}  passkey for localhost, console\n`);
    expect(stdout).toContain('compare the id with the one on their own screen');
    expect(stdout).not.toContain(keyIdOf(CARA_PHONE.key));
    const root = await rootOf(out);
    expect(keysOf(root, 'cara')).toContainEqual([keyIdOf(CARA.key), 'console']);
    expect(keysOf(root, 'cara')).toHaveLength(2);
    const chain = await Promise.all([first, out].map(envelopeOf));
    const pinned = { kind: 'pinned', hash: rootHash(payloadOf(await envelopeOf(first))) } as const;
    expect(verifyRootChain(pinned, chain)).toMatchObject({ ok: true, value: { root: { version: 2 } } });
  });

  it('adds all that wait for a login, and takes one out again', async () => {
    const [two, three] = [fresh(), fresh()];
    await change(first, '--out', two, '--add-passkey', 'cara', '--key', at('ada'));
    expect(keysOf(await rootOf(two), 'cara')).toHaveLength(3);

    const removed = await run(['trust', 'change', two, '--out', three, '--remove-key', keyIdOf(CARA.key)]);
    expect(removed.stdout).toContain(`  - key of cara  ${keyIdOf(CARA.key)}  passkey for localhost, console\n`);
    expect(keysOf(await rootOf(three), 'cara').map(([id]) => id)).not.toContain(keyIdOf(CARA.key));
    expect(keysOf(await rootOf(three), 'cara')).toHaveLength(2);
  });

  it('adds somebody who has passkeys alone', async () => {
    const out = fresh();
    const { code, stdout } = await change(
      ...['--out', out, '--add-person', 'nora:Nora Falk:owner:', '--add-passkey', 'nora', '--json'],
    );
    expect(code).toBe(0);
    expect(JSON.parse(stdout)).toMatchObject({
      missingSignatures: 2,
      changes: expect.arrayContaining([{ sign: '+', what: 'person nora  Nora Falk  owner' }]),
    });
    expect(keysOf(await rootOf(out), 'nora')).toEqual([[keyIdOf(NORA.key), 'console']]);
  });

  it('changes roles and leaves keys as they are', async () => {
    const out = fresh();
    const { stdout } = await change(first, '--out', out, '--person-roles', 'cara:change,security');
    expect(stdout).toContain('  - person cara  Cara Holm  change\n  + person cara  Cara Holm  change, security\n');
    expect(keysOf(await rootOf(out), 'cara')).toEqual(keysOf(await rootOf(first), 'cara'));
  });

  it.each<readonly [string, readonly string[], string, number]>([
    ['a login that nothing waits for', ['--add-passkey', 'ada'], 'no passkey of ada waits', 1],
    ['an id of another', ['--add-passkey', `cara=${keyIdOf(NORA.key)}`], 'no passkey', 1],
    ['what is no passkey', ['--add-passkey', 'Cara!'], 'is no passkey', 2],
    ['the passkey of somebody whom the root does not know', ['--add-passkey', 'nora'], 'there is no person nora', 2],
    ['a new person without any key', ['--add-person', 'eve:Eve:owner:'], 'eve has no key', 2],
    ['a new person who is there', ['--add-person', 'cara:Cara:owner:'], 'cara is in this root already', 2],
    ['a key that is not there', ['--remove-key', `sha256:${'0'.repeat(64)}`], 'no person of this root has the key', 2],
    ['roles of nobody', ['--person-roles', 'eve:it'], 'there is no person eve', 2],
    ['roles that are none', ['--person-roles', 'cara:king'], '"king" is no role', 2],
  ])('refuses %s', async (_, argv, said, exit) => {
    const { code, stderr } = await change('--out', fresh(), ...argv);
    expect({ code, said: stderr.includes(said) ? said : stderr }).toEqual({ code: exit, said });
  });

  it('refuses to leave roots without a signer of their own client', async () => {
    const ada = keysOf(await rootOf(first), 'ada')[0]?.[0] ?? '';
    fake.answers = {
      ...fake.answers,
      'trust.show': () => ({ root: null, reason: null, passkeys: [stored('ada', NORA)] }),
    };
    const { code, stderr } = await change('--out', fresh(), '--remove-key', ada, '--add-passkey', 'ada');
    expect(code).toBe(2);
    expect(stderr).toContain('passkeys sign no roots');
  });

  it('believes no server that gives a key the id of another', async () => {
    const forged = stored('cara', NORA, { keyid: keyIdOf(CARA.key) });
    fake.answers = { ...fake.answers, 'trust.show': () => ({ root: null, reason: null, passkeys: [forged] }) };
    const { code, stderr } = await change('--out', fresh(), '--add-passkey', `cara=${keyIdOf(CARA.key)}`);
    expect(code).toBe(1);
    expect(stderr).toContain('by an id that is not its own');
  });
});
