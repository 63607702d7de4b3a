import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { readBoot, readMachineId } from './boot.ts';
import { BOOT_ID, type FakeHost, makeFakeHost } from './testing/fake-host.ts';

let host: FakeHost;

beforeEach(async () => {
  host = await makeFakeHost();
});

afterEach(() => host.remove());

test('what the running kernel says', async () => {
  expect(await readBoot(host)).toEqual({
    bootId: BOOT_ID,
    bootedAt: 1_790_000_000_000,
    hostname: 'testhost',
    kernelRelease: '6.1.0-40-amd64',
    kernelBuild: '#1 SMP PREEMPT_DYNAMIC Debian 6.1.153-1 (2025-09-20)',
  });
});

test('what it does not say is null', async () => {
  await rm(join(host.procfs, 'sys/kernel/random/boot_id'));
  await host.writeProc('stat', 'cpu 1 2 3\n');

  expect(await readBoot(host)).toMatchObject({ bootId: null, bootedAt: null });
});

test.each([
  ['0123456789abcdef0123456789abcdef\n', '0123456789abcdef0123456789abcdef'],
  ['uninitialized\n', null],
  ['', null],
  ['0123', null],
])('the machine id %j is %j', async (text, expected) => {
  await host.write('/etc/machine-id', text);

  expect(await readMachineId(host)).toBe(expected);
});

test('a machine without an id', async () => {
  await rm(join(host.root, 'etc/machine-id'));

  expect(await readMachineId(host)).toBeNull();
});
