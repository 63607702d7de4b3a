import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { AGENT_VERSION } from './version.ts';

const MAIN = join(import.meta.dirname, 'main.ts');

let folder = '';

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'patchsteward-main-'));
});

afterAll(() => rm(folder, { recursive: true, force: true }));

async function call(...argv: string[]): Promise<{ code: unknown; output: string; complaint: string }> {
  const child = spawn(process.execPath, ['--disable-warning=ExperimentalWarning', MAIN, ...argv], {
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let [output, complaint] = ['', ''];
  child.stdout.on('data', (chunk: Buffer) => (output += chunk.toString()));
  child.stderr.on('data', (chunk: Buffer) => (complaint += chunk.toString()));
  const [code]: unknown[] = await once(child, 'close');
  return { code, output, complaint };
}

test('says its version and its commands', async () => {
  expect(await call('--version')).toEqual({ code: 0, output: `${AGENT_VERSION}\n`, complaint: '' });
  expect((await call('--help')).output).toContain('patchsteward-agent enroll');
  expect((await call('enroll', '--help')).output).toContain('--root-sha256');
});

test.each([
  ['an unknown command', ['shell'], 'no command "shell"'],
  ['an unknown option', ['run', '--command=id'], '--command'],
  ['no token', ['enroll', '--server=a:1'], '--token'],
  ['a pin that is none', ['enroll', '--server=a:1', '--token=t', '--root-sha256=1234'], '--root-sha256'],
  [
    'a word that is none',
    ['enroll', '--server=a:1', '--token=t', `--root-sha256=sha256:${'0'.repeat(64)}`, '--environment=staging'],
    'non-production',
  ],
  ['a probe of another machine', ['probe', '--url=http://example.org/'], '--url'],
])('%s is told, with exit code 2', async (_, argv, words) => {
  const { code, complaint } = await call(...argv);

  expect(code).toBe(2);
  expect(complaint).toContain(words);
});

test('an agent that is not enrolled, and a runner without a socket, leave with 1 and what to do', async () => {
  const run = await call('run', '--once', `--state-dir=${join(folder, 'agent')}`);
  const runner = await call('runner', `--state-dir=${join(folder, 'runner')}`);

  expect([run.code, runner.code]).toEqual([1, 1]);
  expect(run.complaint).toContain('enroll');
  expect(runner.complaint).toContain('runner.socket');
});

test('status answers where nothing is there', async () => {
  const { code, output } = await call(
    'status',
    '--json',
    `--state-dir=${join(folder, 'none')}`,
    '--runner-socket=/none',
  );

  expect(code).toBe(0);
  expect(JSON.parse(output)).toMatchObject({ enrolled: null, runner: null });
});
