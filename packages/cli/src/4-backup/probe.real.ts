import { spawn, spawnSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readEnvelope } from '@patchsteward/trust/dsse';
import { keyIdOf } from '@patchsteward/trust/keys';
import { verifyBackupProof } from '@patchsteward/trust/statement';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { knownOf, team } from '../../../trust/src/testing/people.ts';
import { run } from '../platform/testing/run.ts';
import { readPublicKey } from '../trust/signer.ts';

const ASSET = '0190a000-0000-7000-8000-000000000001';

let folder: string;
let key: string;
beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'probe-'));
  key = join(folder, 'prober.key');
  mkdirSync(join(folder, 'data'));
  mkdirSync(join(folder, 'nothing'));
  writeFileSync(join(folder, 'data', 'site.conf'), 'server { listen 443; }\n'.repeat(100));
  writeFileSync(join(folder, 'password'), 'correct horse');
  restic('init');
  expect((await run(['key', 'new', key, '--no-passphrase'])).code).toBe(0);
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const environment = () => ({
  PATH: process.env['PATH'],
  HOME: folder,
  RESTIC_PASSWORD_FILE: join(folder, 'password'),
});

/** The real restic, as a backup job runs it. */
function restic(...args: readonly string[]): string {
  const { status, stdout, stderr } = spawnSync('restic', ['--repo', join(folder, 'repo'), '--no-cache', ...args], {
    env: environment(),
    encoding: 'utf8',
  });
  if (status !== 0) throw new Error(stderr);
  return stdout;
}

function probe(...more: readonly string[]) {
  const repository = join(folder, 'repo');
  const args = ['backup', 'probe', '--repository', repository, '--host', 'web-1', '--asset', ASSET];
  const password = ['--password-file', join(folder, 'password')];
  return run([...args, '--prober', 'vault-1', '--key', key, ...password, ...more], { environment: environment() });
}

it('signs what a real repository holds: snapshot, host, size, paths and integrity', async () => {
  restic('backup', '--host', 'web-1', join(folder, 'data'));
  restic('backup', '--host', 'web-2', join(folder, 'data'));
  const before = Date.now();

  const { code, stdout, stderr } = await probe();

  expect(stderr).toBe('');
  expect(code).toBe(0);
  const { envelope } = JSON.parse(stdout) as { envelope: unknown };
  const machine = { name: 'vault-1', role: 'prober' as const, key: await readPublicKey(key) };
  const verified = verifyBackupProof(envelope, knownOf(team({ machines: [machine] })), Date.now());
  expect(readEnvelope(envelope)).toMatchObject({ ok: true, value: { signatures: [{ keyid: keyIdOf(machine.key) }] } });
  const [snapshot] = JSON.parse(restic('snapshots', '--json', '--host', 'web-1')) as { id: string }[];
  expect(verified).toMatchObject({
    ok: true,
    value: {
      proof: {
        assetId: ASSET,
        hostname: 'web-1',
        snapshotId: snapshot?.id,
        bytes: 'server { listen 443; }\n'.length * 100,
        paths: [join(folder, 'data')],
        prober: 'vault-1',
      },
    },
  });
  const proof = verified.ok ? verified.value.proof : undefined;
  expect(proof?.checkedAt).toBeGreaterThanOrEqual(before);
});

it('asks the server which asset has a name, and signs nothing where it cannot ask', async () => {
  const repository = join(folder, 'repo');
  const args = ['backup', 'probe', '--repository', repository, '--host', 'web-1', '--asset', 'web-1'];

  const { code, stdout, stderr } = await run([...args, '--prober', 'vault-1', '--key', key], {
    environment: environment(),
  });

  expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
  expect(stderr).toContain('"web-1" is no id of an asset');
});

it('names the newest snapshot, and checks the repository only as often as it is told to', async () => {
  restic('backup', '--host', 'web-1', join(folder, 'data'));
  const first = JSON.parse((await probe()).stdout) as { envelope: { payload: string } };
  writeFileSync(join(folder, 'data', 'more'), 'more');
  restic('backup', '--host', 'web-1', join(folder, 'data'));
  const second = JSON.parse((await probe()).stdout) as { envelope: { payload: string } };
  const third = JSON.parse((await probe('--check-every', '0m')).stdout) as { envelope: { payload: string } };

  const [one, two, three] = [first, second, third].map(
    ({ envelope }) =>
      JSON.parse(Buffer.from(envelope.payload, 'base64').toString()) as { snapshotId: string; checkedAt: string },
  );
  expect(two?.snapshotId).not.toBe(one?.snapshotId);
  expect(two?.checkedAt).toBe(one?.checkedAt);
  expect(Date.parse(three?.checkedAt ?? '')).toBeGreaterThan(Date.parse(two?.checkedAt ?? ''));
});

/** That of the contents of files; the others hold their names. */
function largestPack(): string {
  const packs = readdirSync(join(folder, 'repo', 'data'), { recursive: true })
    .map((name) => join(folder, 'repo', 'data', String(name)))
    .filter((path) => statSync(path).isFile());
  return packs.reduce((largest, path) => (statSync(path).size > statSync(largest).size ? path : largest));
}

it.each([
  ['no snapshot at all', (): unknown => undefined, 'there is no snapshot of this host'],
  [
    'snapshots of others only',
    () => restic('backup', '--host', 'web-10', join(folder, 'data')),
    'no snapshot of this host',
  ],
  ['an empty snapshot', () => restic('backup', '--host', 'web-1', join(folder, 'nothing')), 'is empty'],
])('%s is no proof', async (_, prepare, said) => {
  prepare();

  const { code, stdout, stderr } = await probe();

  expect([code, stdout]).toEqual([1, '']);
  expect(stderr).toContain(said);
});

it('a backup that was killed leaves a lock, and the repository proves nothing until somebody looked', async () => {
  restic('backup', '--host', 'web-1', join(folder, 'data'));
  const job = spawn('restic', ['--repo', join(folder, 'repo'), '--no-cache', 'backup', '--stdin', '--host', 'web-1'], {
    env: environment(),
    stdio: ['pipe', 'ignore', 'ignore'],
  });
  while (restic('list', '--no-lock', 'locks').trim() === '') await new Promise((resolve) => setTimeout(resolve, 50));
  job.kill('SIGKILL');
  await once(job, 'exit');

  const killed = await probe();
  restic('unlock');
  const unlocked = await probe();

  expect(killed.code).toBe(1);
  expect(killed.stderr).toContain('stale lock');
  expect(unlocked.code).toBe(0);
});

it('a repository with a lost pack fails its check and proves nothing', async () => {
  writeFileSync(join(folder, 'data', 'disk.img'), randomBytes(200_000));
  restic('backup', '--host', 'web-1', join(folder, 'data'));
  rmSync(largestPack());

  const { code, stdout, stderr } = await probe();

  expect([code, stdout]).toEqual([1, '']);
  expect(stderr).toContain('restic check');
});

it('a wrong password says what is wrong, and never shows it', async () => {
  restic('backup', '--host', 'web-1', join(folder, 'data'));
  writeFileSync(join(folder, 'password'), 'wrong battery');

  const { code, stderr } = await probe();

  expect(code).toBe(1);
  expect(stderr).toContain('wrong password');
  expect(stderr).not.toContain('battery');
});
