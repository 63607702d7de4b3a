import { mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type PublicKey, verifySignature } from '@patchsteward/trust/keys';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { run } from '../platform/testing/run.ts';
import { makeKeyFile, openSecret, publicLineOf, readKeyFile } from './key-file.ts';

const PASSPHRASE = 'four words of mine';
const SSH_KEY = 'ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIAABAgMEBQYHCAkKCwwNDg8QERITFBUWFxgZGhscHR4f';
const locked = { environment: { PATCHSTEWARD_PASSPHRASE: PASSPHRASE } };

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'keys-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));
const at = (name: string) => join(folder, name);

describe('key new', () => {
  it('makes a file that only its owner reads, locked', async () => {
    const { code, stdout, stderr } = await run(['key', 'new', at('ivy.key')], locked);

    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(stdout).toMatch(/^file {4}\S+\nid {6}sha256:[0-9a-f]{64}\npublic {2}[A-Za-z0-9+/]{43}=\n$/);
    expect((await stat(at('ivy.key'))).mode & 0o777).toBe(0o600);
    expect(readKeyFile(await readFile(at('ivy.key')))?.secret.kind).toBe('locked');
  });

  it('overwrites nothing', async () => {
    const { code, stderr } = await run(['key', 'new', at('ivy.key')], locked);
    expect({ code, stderr }).toEqual({
      code: 1,
      stderr: `patchsteward: ${at('ivy.key')} is there already; name another file; nothing is overwritten\n`,
    });
  });

  it('says that an unlocked key is open to everybody who reads it', async () => {
    const { code, stderr } = await run(['key', 'new', at('machine.key'), '--no-passphrase']);
    expect(code).toBe(0);
    expect(stderr).toContain('is not locked: whoever reads it signs with it');
  });

  it('takes the passphrase from the first line of a file', async () => {
    await writeFile(at('passphrase'), `${PASSPHRASE}\nmore\n`);
    const { code } = await run(['key', 'new', at('file.key'), '--passphrase-file', at('passphrase')]);
    const file = readKeyFile(await readFile(at('file.key')));

    expect(code).toBe(0);
    expect(file === null ? null : (await openSecret(file, PASSPHRASE))?.asymmetricKeyType).toBe('ed25519');
  });

  it.each([
    ['a passphrase that is short', { PATCHSTEWARD_PASSPHRASE: 'short' }, 'the passphrase is too short'],
    ['nobody who could be asked', {}, 'a passphrase is needed for'],
  ])('refuses %s', async (_, environment, what) => {
    const { code, stderr } = await run(['key', 'new', at('never.key')], { environment });
    expect(code).toBe(2);
    expect(stderr).toContain(what);
    await expect(stat(at('never.key'))).rejects.toMatchObject({ code: 'ENOENT' });
  });
});

describe('key public', () => {
  it('prints the half that others may have: the same key, and nothing that signs', async () => {
    const { code, stdout } = await run(['key', 'public', at('ivy.key')]);
    await writeFile(at('ivy.pub'), stdout);

    const [whole, half] = [await run(['key', 'show', at('ivy.key')]), await run(['key', 'show', at('ivy.pub')])];
    const file = readKeyFile(Buffer.from(stdout));

    expect(code).toBe(0);
    expect(stdout.trimEnd().split(/\s/)).toHaveLength(1);
    expect(stdout).not.toContain('sealed');
    expect(half.stdout.split('\n').slice(1)).toEqual(whole.stdout.split('\n').slice(1));
    expect(file === null ? undefined : await openSecret(file, PASSPHRASE)).toBeNull();
  });

  it('is of a key file alone: an SSH key has its .pub', async () => {
    await writeFile(at('ssh.pub'), `${SSH_KEY} ivy\n`);

    const { code, stdout, stderr } = await run(['key', 'public', at('ssh.pub')]);

    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr).toContain('give that file itself to whoever wants your public half');
  });

  it('signs nothing, and says which file does', async () => {
    await writeFile(at('half.pub'), publicLineOf((await makeKeyFile(null)).public));
    const argv = ['trust', 'init', '--team', '--organization', 'E', '--out', at('no-root.json')];

    const person = `ada:Ada:admin,it,owner,change,security:${at('half.pub')}`;
    const { code, stderr } = await run([...argv, '--person', person, '--key', at('half.pub')]);

    expect(code).toBe(2);
    expect(stderr).toContain('is the public half of a key; name the file that "patchsteward key new" made');
  });
});

describe('key show', () => {
  it('shows the public half without the passphrase', async () => {
    const { code, stdout } = await run(['key', 'show', at('ivy.key'), '--json']);
    const shown: unknown = JSON.parse(stdout);
    expect(code).toBe(0);
    expect(shown).toMatchObject({ file: at('ivy.key'), kind: 'ed25519' });
    expect(stdout).not.toContain('sealed');
  });

  it.each([
    [
      'a private SSH key',
      '-----BEGIN OPENSSH PRIVATE KEY-----\nAAAA\n',
      'is a private SSH key; load it with "ssh-add ',
    ],
    ['something else', 'hello\n', 'is no key that can be used here'],
    ['a key file with a field more', '{"type":"patchsteward-key","note":1}', 'is no key that can be used here'],
  ])('refuses %s, and says what to name instead', async (_, text, what) => {
    await writeFile(at('other'), text);
    const { code, stderr } = await run(['key', 'show', at('other')]);
    expect(code).toBe(2);
    expect(stderr).toContain(what);
  });
});

describe('a key file', () => {
  it('opens with its passphrase however it was typed, and with no other', async () => {
    const file = await makeKeyFile('pa\u00dfw\u00f6rter aus vier');
    expect((await openSecret(file, 'pa\u00dfwo\u0308rter aus vier'))?.asymmetricKeyType).toBe('ed25519');
    expect(await openSecret(file, 'passwoerter aus vier')).toBeNull();
    expect(await openSecret(file, null)).toBeNull();
  });

  it('does not open when any part of it was changed', async () => {
    const file = await makeKeyFile(PASSPHRASE);
    const { secret } = file;
    if (secret.kind !== 'locked') throw new Error('made with a passphrase');
    const flipped = (text: string) => `${text.startsWith('A') ? 'B' : 'A'}${text.slice(1)}`;
    const other: PublicKey = (await makeKeyFile(null)).public;
    for (const changed of [
      { ...file, public: other },
      { ...file, secret: { ...secret, tag: flipped(secret.tag) } },
      { ...file, secret: { ...secret, tag: 'AAAA' } },
      { ...file, secret: { ...secret, cost: secret.cost / 2 } },
    ]) {
      expect(await openSecret(changed, PASSPHRASE)).toBeNull();
    }
  });

  it('has no signature before it is opened', async () => {
    const { public: key } = await makeKeyFile(null);
    expect(verifySignature(key, Buffer.from('a'), Buffer.alloc(64))).toBe(false);
  });
});
