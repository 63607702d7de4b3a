import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { lockState } from './lock.ts';

let folder = '';

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'patchsteward-lock-'));
});

afterEach(() => rm(folder, { recursive: true }));

test('a second agent is told of the first', async () => {
  const lock = await lockState(folder);

  await expect(lockState(folder)).rejects.toMatchObject({ code: 'state-locked' });

  await lock.release();
});

test('a released lock can be taken again', async () => {
  const lock = await lockState(folder);
  await lock.release();

  await expect(lockState(folder).then((next) => next.release())).resolves.toBeUndefined();
});

test('a killed agent leaves no lock', async () => {
  const program = `const { lockState } = await import(${JSON.stringify(join(import.meta.dirname, 'lock.ts'))});
    await lockState(${JSON.stringify(folder)}); console.log('locked'); setInterval(() => {}, 1000);`;
  const other = spawn(process.execPath, ['--input-type=module', '-e', program], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  await once(other.stdout, 'data');
  await expect(lockState(folder)).rejects.toMatchObject({ code: 'state-locked' });

  other.kill('SIGKILL');
  await once(other, 'exit');

  await expect(lockState(folder).then((next) => next.release())).resolves.toBeUndefined();
});
