import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { OriginBody } from '@patchsteward/contract';
import { newSigner, type Signer } from '@patchsteward/standards/openpgp/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { at, idOf, NOW } from '../1-identification/testing/answers.ts';
import { asking } from '../1-identification/testing/asking.ts';
import { FakeRefusal } from '../platform/testing/fake-server.ts';

const { answering, ask, askJson, calls } = asking();
const HASH = `sha256:${'3f'.repeat(32)}`;
const PRINT = 'AB12'.repeat(10);

function origin(more: Partial<OriginBody> = {}): OriginBody {
  return {
    id: idOf(1),
    url: 'http://deb.debian.org/debian-security',
    mirror: null,
    suite: 'bookworm-security',
    components: ['main'],
    architectures: ['amd64'],
    keys: [{ fingerprint: PRINT, userIds: ['Debian Security <x@example.org>'], expiresAt: at(1_000) }],
    names: ['deb.debian.org/debian-security bookworm-security/main'],
    state: 'usable',
    index: {
      ...{ date: at(-10), validUntil: at(100), publisher: 'Debian', suite: 'oldstable-security' },
      ...{ codename: 'bookworm-security', signedBy: [PRINT], fetchedAt: at(-1), hash: HASH, packageIndexes: [] },
    },
    addedAt: at(-500),
    checkedAt: at(-3),
    problem: null,
    ...more,
  };
}

const PROBLEM: OriginBody['problem'] = {
  reason: {
    ...{ code: 'signature-wrong', subject: 'x', clearableBy: ['admin'], by: null },
    sentence: 'The index of x bears no good signature.',
  },
  detail: 'x/InRelease: none of the pinned keys signed it.',
};
const broken = origin({ id: idOf(2), suite: 'bookworm', state: 'never-verified', index: null, problem: PROBLEM });

let folder: string;
let signer: Signer;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'origin-keys-'));
  signer = await newSigner('Acme', new Date(NOW - 1_000_000_000));
  await writeFile(join(folder, 'acme.asc'), signer.publicKey.armor());
  await writeFile(join(folder, 'acme.gpg'), signer.publicKey.write());
  await writeFile(join(folder, 'private.asc'), signer.privateKey.armor());
  await writeFile(join(folder, 'words'), 'hello');
});
afterAll(() => rm(folder, { recursive: true, force: true }));

const ADD = ['origin', 'add', '--url', 'https://apt.example.org/', '--suite', 'stable', '--component', 'main'];

describe('origin add', () => {
  it.each(['acme.asc', 'acme.gpg'])('sends address, parts and keys (%s), and shows what was verified', async (file) => {
    answering({
      'origin.add': () => origin({ index: null, state: 'never-verified' }),
      'origin.refresh': () => ({ origin: origin(), changed: true, durationMs: 700 }),
    });

    const { code, stdout } = await ask(...ADD, '--component', 'extra', '--key', join(folder, file));

    expect(calls()[0]?.body).toMatchObject({
      ...{ url: 'https://apt.example.org/', suite: 'stable', components: ['main', 'extra'], architectures: ['amd64'] },
      keys: expect.stringContaining('-----BEGIN PGP PUBLIC KEY BLOCK-----'),
    });
    expect(calls().map(({ id }) => id)).toEqual(['origin.add', 'origin.refresh']);
    expect([code, stdout.split('\n')]).toEqual([
      0,
      [
        `deb.debian.org/debian-security bookworm-security  ${idOf(1)}`,
        '  address       http://deb.debian.org/debian-security',
        '  components    main',
        '  architectures amd64',
        `  key           ${'AB12 '.repeat(10).trim()} Debian Security <x@example.org> (expires 2027-01-03 04:00 UTC)`,
        '  state         verified',
        '  index of      2026-11-22 02:00 UTC, valid until 2026-11-26 16:00 UTC',
        `  signed by     ${'AB12 '.repeat(10).trim()}`,
        '  publisher     Debian / oldstable-security / bookworm-security',
        '  checked       3 hours ago',
        '',
      ],
    ]);
  });

  it('pins a key by its fingerprint, in whatever way it is written', async () => {
    answering({ 'origin.add': () => origin() });
    const hex = signer.publicKey.getFingerprint();

    await ask(
      ...ADD,
      '--no-refresh',
      '--key',
      join(folder, 'acme.asc'),
      '--fingerprint',
      hex.replace(/(.{4})/g, '$1 '),
    );

    expect(calls()).toMatchObject([{ body: { fingerprints: [hex.toUpperCase()] } }]);
  });

  it('says what is wrong with the index', async () => {
    answering({
      'origin.add': () => broken,
      'origin.refresh': () => ({ origin: broken, changed: false, durationMs: 1 }),
    });

    const { code, stdout, stderr } = await ask(...ADD, '--key', join(folder, 'acme.asc'));

    expect([code, stderr]).toEqual([
      3,
      expect.stringContaining('added, but deb.debian.org/debian-security bookworm: The'),
    ]);
    expect(stdout).toContain('  state         not verified\n');
    expect(stdout).toContain('none of the pinned keys signed it.');
  });

  it.each([
    ['private.asc', 'private.asc holds a private key, which was not sent; export the public one'],
    ['words', 'words is no file of OpenPGP keys; give the key that the hosts trust'],
    ['missing', 'missing: there is no such file; check the path'],
  ])('sends nothing of %s', async (file, expected) => {
    const { code, stderr } = await ask(...ADD, '--key', join(folder, file));

    expect([code, calls()]).toEqual([1, []]);
    expect(stderr).toContain(expected);
  });

  it('tells what the server refuses', async () => {
    answering({
      'origin.add': () => {
        throw new FakeRefusal('origin-exists', 'The origin apt.example.org stable is configured already.');
      },
    });

    expect(await ask(...ADD, '--key', join(folder, 'acme.asc'))).toMatchObject({
      code: 1,
      stderr: expect.stringContaining('is configured already; use the origin that is configured, or remove it first'),
    });
  });

  it.each([[['origin', 'add']], [ADD], [[...ADD.slice(0, 4), '--key', 'x']]])('%j is wrong usage', async (argv) => {
    expect((await ask(...argv)).code).toBe(2);
  });
});

describe('origin list and show', () => {
  it('shows each and its state', async () => {
    answering({ 'origin.list': () => ({ items: [origin(), broken] }) });

    const { code, stdout } = await ask('origin', 'list');

    expect(code).toBe(3);
    expect(stdout).toMatch(
      /^deb\.debian\.org\/debian-security bookworm-security +main +verified +2026-11-22 02:00 UTC/m,
    );
    expect(stdout).toMatch(/^deb\.debian\.org\/debian-security bookworm +main +not verified +- +- +3 hours ago/m);
    expect(stdout).toContain(
      'deb.debian.org/debian-security bookworm: x/InRelease: none of the pinned keys signed it.\n',
    );
    expect(await askJson('origin', 'list')).toMatchObject({ code: 3, answer: { items: [{ id: idOf(1) }, {}] } });
  });

  it('says what to do where there is none', async () => {
    answering({ 'origin.list': () => ({ items: [] }) });

    expect(await ask('origin', 'list')).toMatchObject({
      code: 0,
      stdout: expect.stringContaining('No origins yet, so no package is believed. Add one'),
    });
  });

  it.each([
    [idOf(2), 2],
    ['bookworm', 2],
    ['deb.debian.org/debian-security bookworm-security', 1],
    ['bookworm-security', 1],
  ])('finds %s', async (name, expected) => {
    answering({ 'origin.list': () => ({ items: [origin(), broken] }) });

    expect(await askJson('origin', 'show', name)).toMatchObject({ code: 0, answer: { id: idOf(expected) } });
  });

  it.each([
    ['http://deb.debian.org/debian-security/', 'may be "deb.debian.org/debian-security bookworm-security", "deb'],
    ['nothing', 'there is no origin nothing; look at "patchsteward origin list"'],
  ])('does not guess what %s is', async (name, expected) => {
    answering({ 'origin.list': () => ({ items: [origin(), broken] }) });

    expect(await ask('origin', 'show', name)).toMatchObject({ code: 1, stderr: expect.stringContaining(expected) });
  });
});

describe('origin refresh and remove', () => {
  it('refreshes all, and fails where one is not verified', async () => {
    answering({
      'origin.list': () => ({ items: [origin(), broken] }),
      'origin.refresh': ({ params }) => ({
        origin: params['id'] === idOf(1) ? origin() : broken,
        ...{ changed: true, durationMs: 740 },
      }),
    });

    const { code, stdout, stderr } = await ask('origin', 'refresh');

    expect([code, stdout]).toEqual([
      1,
      'deb.debian.org/debian-security bookworm-security: a new index of 2026-11-22 02:00 UTC is verified; 0.7 s\n',
    ]);
    expect(stderr).toContain('deb.debian.org/debian-security bookworm: The index of x bears no good signature.');
    expect(await askJson('origin', 'refresh', 'bookworm-security')).toMatchObject({ code: 0 });
  });

  it('has nothing to refresh', async () => {
    answering({ 'origin.list': () => ({ items: [] }) });

    expect(await ask('origin', 'refresh')).toMatchObject({
      code: 0,
      stdout: expect.stringContaining('No origins yet.'),
    });
  });

  it('removes one', async () => {
    answering({ 'origin.list': () => ({ items: [origin()] }), 'origin.remove': () => ({}) });

    expect(await ask('origin', 'remove', 'bookworm-security')).toEqual({
      code: 0,
      stdout: 'No more packages come from deb.debian.org/debian-security bookworm-security.\n',
      stderr: '',
    });
    expect(calls()[1]?.params).toEqual({ id: idOf(1) });
    expect(await askJson('origin', 'remove', idOf(1))).toMatchObject({ code: 0, answer: { id: idOf(1) } });
  });
});
