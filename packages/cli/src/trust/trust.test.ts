import { spawn, spawnSync } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseEnvelope } from '@patchsteward/trust/dsse';
import { verifyRootChain } from '@patchsteward/trust/root';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { FakeServer } from '../platform/testing/fake-server.ts';
import { run } from '../platform/testing/run.ts';

const HAS_SSH =
  spawnSync('ssh-agent', ['-h']).error === undefined && spawnSync('ssh-keygen', ['-?']).error === undefined;
const PEOPLE = ['ada', 'adrian', 'ivy', 'otto', 'cara', 'sam'] as const;

let folder: string;
let made = 0;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'trust-'));
  for (const name of [...PEOPLE, 'ivy-2', 'sam-2', 'vault']) await run(['key', 'new', at(name), '--no-passphrase']);
});
afterAll(() => rm(folder, { recursive: true, force: true }));
const at = (name: string) => join(folder, name);
const fresh = () => {
  made += 1;
  return at(`root-${made}.json`);
};

const TEAM = [
  ['ada:Ada Lang:admin:', 'ada'],
  ['adrian:Adrian Roth:admin,it:', 'adrian'],
  ['ivy:Ivy Berg:it:', 'ivy'],
  ['otto:Otto Reis:owner:', 'otto'],
  ['cara:Cara Holm:change:', 'cara'],
  ['sam:Sam Voss:security:', 'sam'],
] as const;
const team = () => TEAM.flatMap(([person, key]) => ['--person', person + at(key)]);
const keys = (...names: readonly string[]) => names.flatMap((name) => ['--key', at(name)]);
const init = (out: string, ...more: readonly string[]) =>
  run(['trust', 'init', '--organization', 'Example', '--out', out, ...more]);

async function envelopeOf(path: string) {
  const parsed = parseEnvelope(await readFile(path));
  if (!parsed.ok) throw new Error(parsed.refusal.detail);
  return parsed.value;
}

/** What a host says to these files, pinned to a hash. */
async function hostSays(hash: string, ...files: readonly string[]): Promise<string> {
  const envelopes = await Promise.all(files.map(envelopeOf));
  // The text of a hash, as a person hands it over.
  const outcome = verifyRootChain(
    { kind: 'pinned', hash: hash as Parameters<typeof verifyRootChain>[0] extends { hash: infer H } ? H : never },
    envelopes,
  );
  return outcome.ok ? `version ${outcome.value.root.version}` : outcome.refusal.code;
}

const hashIn = (text: string): string => /sha256:[0-9a-f]{64}/.exec(text.slice(text.indexOf('hash ')))?.[0] ?? '';

describe('trust init', () => {
  it('makes a root that hosts take by its hash', async () => {
    const out = fresh();
    const { code, stdout, stderr } = await init(
      out,
      '--team',
      ...team(),
      '--machine',
      `vault-1:${at('vault')}`,
      ...keys('ada', 'adrian'),
    );

    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(stdout).toContain('Example, version 1, team');
    expect(stdout).toContain('roots need     2 of ada, adrian');
    expect(stdout).toContain('signed by      ada, adrian');
    expect(stdout).toContain(`patchsteward trust publish ${out}`);
    expect(stdout).toContain(`patchsteward agent enroll --root-sha256 ${hashIn(stdout)}`);
    expect(await hostSays(hashIn(stdout), out)).toBe('version 1');
  });

  it('waits for the signatures of others', async () => {
    const out = fresh();
    const first = await init(out, '--team', ...team(), ...keys('ada'));
    expect(first.stdout).toContain(`patchsteward trust add-signature ${out} --key <key>`);
    expect(await hostSays(hashIn(first.stdout), out)).toBe('root-threshold-missing');

    const second = await run(['trust', 'add-signature', out, ...keys('adrian')]);
    expect(second.code).toBe(0);
    expect(hashIn(second.stdout)).toBe(hashIn(first.stdout));
    expect(await hostSays(hashIn(first.stdout), out)).toBe('version 1');
  });

  it('signs with a locked key', async () => {
    const environment = { PATCHSTEWARD_PASSPHRASE: 'four words of mine' };
    await run(['key', 'new', at('locked')], { environment });
    const argv = [
      'trust',
      'init',
      '--team',
      '--organization',
      'Example',
      '--threshold',
      '1',
      '--person',
      `ada:Ada:admin:${at('locked')}`,
    ];
    const out = fresh();

    const wrong = await run([...argv, '--out', out, ...keys('locked')], {
      environment: { PATCHSTEWARD_PASSPHRASE: 'other words' },
    });
    expect(wrong).toMatchObject({
      code: 1,
      stderr: `patchsteward: ${at('locked')} cannot be unlocked; check the passphrase\n`,
    });
    const right = await run([...argv, '--out', out, ...keys('locked')], { environment });
    expect(right.code).toBe(0);
    expect(await hostSays(hashIn(right.stdout), out)).toBe('version 1');
  });

  it('says of a solo root what it is', async () => {
    const out = fresh();
    const person = `ivy:Ivy Berg:admin,change,it,owner,security:${at('ivy')},${at('ivy-2')}`;
    const { code, stdout } = await init(out, '--solo', '--person', person, ...keys('ivy'));
    expect(code).toBe(0);
    expect(stdout).toContain('there is no separation of duties');
    expect(await hostSays(hashIn(stdout), out)).toBe('version 1');
  });

  it('answers in JSON', async () => {
    const { stdout } = await init(fresh(), '--team', ...team(), ...keys('ada'), '--json');
    const answer: unknown = JSON.parse(stdout);
    expect(answer).toMatchObject({
      signers: ['ada'],
      missingSignatures: 1,
      root: { version: 1, profile: 'team', threshold: 2 },
    });
  });

  it.each<readonly [string, () => readonly string[], string]>([
    ['neither team nor solo', () => team(), 'say what kind of root it is'],
    ['both', () => ['--team', '--solo', ...team()], 'say what kind of root it is'],
    [
      'solo with one key',
      () => ['--solo', '--person', `ivy:Ivy:admin:${at('ivy')}`],
      'solo is one person with two keys or more',
    ],
    [
      'a key of two people',
      () => ['--team', ...team(), '--person', `eve:Eve:it:${at('ivy')}`],
      'eve and ivy have one key',
    ],
    [
      'a machine with the key of a person',
      () => ['--team', ...team(), '--machine', `vault-1:${at('sam')}`],
      'sam and vault-1 have one key',
    ],
    ['a person twice', () => ['--team', ...team(), '--person', `sam:Sam:it:${at('sam-2')}`], 'sam is named twice'],
    ['a role of nobody', () => ['--team', '--person', `sam:Sam:king:${at('sam')}`], '"king" is no role'],
    ['a person without a key', () => ['--team', '--person', 'sam:Sam:security'], 'is no person'],
    ['nobody who signs roots', () => ['--team', '--person', `sam:Sam:security:${at('sam')}`], 'nobody may sign roots'],
    [
      'a signer who is not there',
      () => ['--team', ...team(), '--root-signer', 'eve'],
      'the root signer eve is nobody here',
    ],
    [
      'a threshold that nobody reaches',
      () => ['--team', ...team(), '--threshold', '3'],
      '3 signers are needed and 2 are there',
    ],
    ['a login in capitals', () => ['--team', '--person', `Sam:Sam:admin:${at('sam')}`], 'this root cannot be'],
  ])('refuses %s', async (_, argv, what) => {
    const out = fresh();
    const { code, stderr } = await init(out, ...argv());
    expect({ code, said: stderr.includes(what) }).toEqual({ code: 2, said: true });
    await expect(readFile(out)).rejects.toMatchObject({ code: 'ENOENT' });
  });

  it('overwrites nothing', async () => {
    const out = fresh();
    await writeFile(out, 'mine');
    const { code } = await init(out, '--team', ...team());
    expect(code).toBe(1);
    expect(await readFile(out, 'utf8')).toBe('mine');
  });
});

describe('trust change', () => {
  let first: string;
  let hash: string;
  beforeAll(async () => {
    first = fresh();
    hash = hashIn((await init(first, '--team', ...team(), ...keys('ada', 'adrian'))).stdout);
  });

  it('makes the next version, which hosts follow', async () => {
    const out = fresh();
    const argv = ['--out', out, '--person', `sam:Sam Voss:security:${at('sam-2')}`, '--remove-person', 'otto'];
    const { code, stdout } = await run(['trust', 'change', first, ...argv, ...keys('ada', 'adrian')]);

    expect(code).toBe(0);
    expect(stdout).toContain('version 2 against version 1');
    expect(stdout).toContain('  - person otto  Otto Reis  owner\n');
    expect(stdout).toMatch(/ {2}- key of sam {2}sha256:[0-9a-f]{64} {2}ed25519, cli\n {2}\+ key of sam {2}sha256:/);
    expect(stdout.slice(stdout.indexOf('people'))).not.toContain('Otto');
    expect(await hostSays(hash, first, out)).toBe('version 2');
  });

  it('needs the signers of the present root as well as its own', async () => {
    const out = fresh();
    const argv = ['--out', out, '--root-signer', 'cara', '--threshold', '1'];
    const { stdout } = await run(['trust', 'change', first, ...argv, ...keys('cara')]);
    expect(stdout).toContain('More signatures are needed');
    expect(await hostSays(hash, first, out)).toBe('root-threshold-missing');

    await run(['trust', 'add-signature', out, ...keys('ada', 'adrian')]);
    expect(await hostSays(hash, first, out)).toBe('version 2');
  });

  it.each([
    ['a person who is not there', ['--remove-person', 'eve'], 'there is no person eve'],
    ['a machine that is not there', ['--remove-machine', 'vault-9'], 'there is no machine vault-9'],
    ['a signer who leaves, if too few stay', ['--remove-person', 'ada'], '2 signers are needed and 1 are there'],
  ])('refuses %s', async (_, argv, what) => {
    const { code, stderr } = await run(['trust', 'change', first, '--out', fresh(), ...argv]);
    expect({ code, said: stderr.includes(what) }).toEqual({ code: 2, said: true });
  });
});

describe('trust show', () => {
  it('shows a file with who has signed it', async () => {
    const out = fresh();
    await init(out, '--team', ...team(), ...keys('ada'));
    const { code, stdout } = await run(['trust', 'show', out]);
    expect(code).toBe(0);
    expect(stdout).toContain('signed by      ada\n');
    expect(stdout).toMatch(/otto {2}Otto Reis {2}owner\n {6}sha256:[0-9a-f]{64} {2}ed25519/);
  });

  it('counts no signature where one is wrong', async () => {
    const out = fresh();
    await init(out, '--team', ...team(), ...keys('ada'));
    const envelope = await envelopeOf(out);
    const forged = envelope.signatures.map((each) => ({ ...each, sig: Buffer.alloc(64).toString('base64') }));
    await writeFile(out, JSON.stringify({ ...envelope, signatures: forged }));
    expect((await run(['trust', 'show', out])).stdout).toContain('signed by      nobody yet');
  });

  it('refuses what is no root', async () => {
    await writeFile(at('plan.json'), '{"payloadType":"x"}');
    const { code, stderr } = await run(['trust', 'show', at('plan.json')]);
    expect(code).toBe(1);
    expect(stderr).toContain('is no trust root');
  });
});

describe('with a server', () => {
  let fake: FakeServer;
  let files: readonly string[];
  beforeAll(async () => {
    fake = await FakeServer.start();
    const [one, two] = [fresh(), fresh()];
    await init(one, '--team', ...team(), ...keys('ada', 'adrian'));
    await run(['trust', 'change', one, '--out', two, '--organization', 'Renamed', ...keys('ada', 'adrian')]);
    files = [one, two];
  });
  afterAll(() => fake.close());
  beforeEach(() => {
    fake.answers = {};
    fake.calls.length = 0;
  });
  const ask = (...argv: readonly string[]) => run(argv, { environment: { PATCHSTEWARD_DATA: fake.data } });

  async function served(paths: readonly string[]) {
    const envelopes = await Promise.all(paths.map(envelopeOf));
    const hash = `sha256:${'0'.repeat(64)}`;
    const items = envelopes.map((envelope, index) => ({
      version: index + 1,
      hash,
      envelope: { ...envelope, signatures: [...envelope.signatures] },
    }));
    fake.answers = {
      'trust.roots': ({ query }) => ({ items: items.filter(({ version }) => version > Number(query['after'])) }),
    };
  }

  it('publishes the file as it is', async () => {
    const hash = `sha256:${'1'.repeat(64)}`;
    fake.answers = { 'trust.publish': () => ({ version: 1, hash }) };
    const { code, stdout } = await ask('trust', 'publish', files[0] ?? '');
    expect({ code, stdout }).toEqual({
      code: 0,
      stdout: `Version 1 is published. Hosts take it at their next contact.\nhash  ${hash}\n`,
    });
    expect(fake.calls[0]?.body).toEqual({ envelope: await envelopeOf(files[0] ?? '') });
  });

  it('shows the newest root of a chain that it verified', async () => {
    await served(files);
    const { code, stdout } = await ask('trust', 'show');
    expect(code).toBe(0);
    expect(stdout).toContain('Renamed, version 2, team');
  });

  it('believes no chain with a link that is not signed', async () => {
    const forged = fresh();
    await run(['trust', 'change', files[0] ?? '', '--out', forged, ...keys('ada')]);
    await served([files[0] ?? '', forged]);
    const { code, stderr } = await ask('trust', 'show');
    expect(code).toBe(1);
    expect(stderr).toContain('the trust roots of the server are not a chain: root-threshold-missing');
  });

  it('says that there is none', async () => {
    fake.answers = { 'trust.roots': () => ({ items: [] }) };
    const { code, stderr } = await ask('trust', 'show');
    expect(code).toBe(1);
    expect(stderr).toContain('the server has no trust root; make one with "patchsteward trust init"');
  });
});

describe.skipIf(!HAS_SSH)('with a real ssh-agent (needs openssh-client)', () => {
  let agent: ReturnType<typeof spawn>;
  const socket = () => at('agent.sock');
  beforeAll(async () => {
    agent = spawn('ssh-agent', ['-D', '-a', socket()], { stdio: ['ignore', 'pipe', 'inherit'] });
    await new Promise((resolve) => agent.stdout?.once('data', resolve));
  });
  afterAll(() => {
    agent.kill();
  });

  it.each([
    ['ed25519', []],
    ['ecdsa', ['-b', '384']],
    ['rsa', ['-b', '3072']],
  ] as const)('signs a root by a key of %s that the agent alone has', async (type, more) => {
    const environment = { ...process.env, SSH_AUTH_SOCK: socket() };
    const key = at(`id_${type}`);
    expect(spawnSync('ssh-keygen', ['-q', '-t', type, ...more, '-N', '', '-f', key]).status).toBe(0);
    expect(spawnSync('ssh-add', ['-q', key], { env: environment }).status).toBe(0);
    await rm(key);
    const out = fresh();

    const argv = [
      'trust',
      'init',
      '--team',
      '--organization',
      'Example',
      '--person',
      `ada:Ada:admin:${key}.pub`,
      '--out',
      out,
    ];
    const { code, stdout, stderr } = await run([...argv, '--key', `${key}.pub`], { environment });

    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(stdout).toContain('signed by      ada');
    expect(await hostSays(hashIn(stdout), out)).toBe('version 1');
  });

  it('says what to do where the agent has not this key', async () => {
    const environment = { ...process.env, SSH_AUTH_SOCK: socket() };
    const key = at('id_absent');
    spawnSync('ssh-keygen', ['-q', '-t', 'ed25519', '-N', '', '-f', key]);
    await rm(key);
    const out = fresh();
    const argv = [
      'trust',
      'init',
      '--team',
      '--organization',
      'Example',
      '--person',
      `ada:Ada:admin:${key}.pub`,
      '--out',
      out,
    ];
    const { code, stderr } = await run([...argv, '--key', `${key}.pub`], { environment });
    expect(code).toBe(1);
    expect(stderr).toContain('check with "ssh-add -L" that your ssh-agent holds this key');
  });
});
