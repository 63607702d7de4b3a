import type { InstalledPackage } from '@patchsteward/core/vocabulary';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { deb } from '../package-managers/deb/index.ts';
import { AGENT_VERSION } from '../version.ts';
import { readSystem } from './system.ts';
import { BOOT_ID, type FakeHost, makeFakeHost, statusOf } from './testing/fake-host.ts';

const DPKG = '/usr/bin/dpkg';
const STALE = `7f00-7f10 r-xp 00000000 08:01 1234                       ${DPKG} (deleted)\n`;

let host: FakeHost;
let packages: readonly InstalledPackage[];

beforeEach(async () => {
  host = await makeFakeHost();
  const kernels =
    statusOf('linux-image-6.1.0-40-amd64', '6.1.153-1') + statusOf('linux-image-6.1.0-41-amd64', '6.1.158-1');
  await host.write('/var/lib/dpkg/status', statusOf('dpkg', '1.21.22') + kernels);
  packages = await deb.installed(host);
});

afterEach(() => host.remove());

test('all of it', async () => {
  expect(await readSystem(host, deb, packages, null)).toEqual({
    hostname: 'testhost',
    machineId: '0123456789abcdef0123456789abcdef',
    architecture: 'amd64',
    bootId: BOOT_ID,
    bootedAt: 1_790_000_000_000,
    runningKernel: '6.1.0-40-amd64',
    installedKernels: [
      { release: '6.1.0-40-amd64', package: 'linux-image-6.1.0-40-amd64', version: '6.1.153-1' },
      { release: '6.1.0-41-amd64', package: 'linux-image-6.1.0-41-amd64', version: '6.1.158-1' },
    ],
    container: false,
    rebootNeeded: true,
    rebootReasons: ['kernel'],
    restartNeeded: [],
    agentVersion: AGENT_VERSION,
  });
});

test('a container has no kernels and boots none', async () => {
  await host.enterNamespace('other');
  await host.write('/run/systemd/container', 'lxc\n');

  expect(await readSystem(host, deb, packages, null)).toMatchObject({
    container: true,
    installedKernels: [],
    rebootNeeded: false,
    rebootReasons: [],
  });
});

describe('the flag in /run', () => {
  test('names each package once', async () => {
    await host.write('/run/reboot-required', '*** System restart required ***\n');
    await host.write('/run/reboot-required.pkgs', 'libc6\ndbus\n\nlibc6\n');

    expect((await readSystem(host, deb, packages, null)).rebootReasons).toEqual(['dbus', 'kernel', 'libc6']);
  });

  // PatchMon#600: cron's own /run/crond.reboot was taken for a wish to reboot.
  test.each(['/run/crond.reboot', '/run/reboot-required.pkgs', '/run/reboot-required.old'])(
    '%s is not it',
    async (path) => {
      await host.write(path, 'libc6\n');

      expect((await readSystem(host, deb, packages, null)).rebootReasons).toEqual(['kernel']);
    },
  );
});

describe('restarts', () => {
  async function restartNeeded(): Promise<readonly string[] | null> {
    return (await readSystem(host, deb, packages, null)).restartNeeded;
  }

  test('a unit that runs replaced code of a package, once', async () => {
    await host.addProcess(20, { maps: STALE, cgroup: '0::/system.slice/b.service\n' });
    await host.addProcess(21, { maps: STALE, cgroup: '0::/system.slice/b.service\n' });
    await host.addProcess(22, { maps: STALE, cgroup: '0::/system.slice/a.service\n' });

    expect(await restartNeeded()).toEqual(['a.service', 'b.service']);
  });

  test('names the package whose files were replaced, with all that run on with them', async () => {
    await host.addProcess(20, { maps: STALE, cgroup: '0::/system.slice/b.service\n' });
    await host.addProcess(21, { maps: STALE, comm: 'worker' });
    await host.addProcess(22, { maps: STALE.replace(DPKG, '/tmp/jit-code'), comm: 'jit' });

    expect((await readSystem(host, deb, packages, null)).replacedCode).toEqual([
      { package: 'dpkg', users: ['b.service', 'worker'] },
    ]);
  });

  test('a section without them is as it was before they were told', async () => {
    expect(await readSystem(host, deb, packages, null)).not.toHaveProperty('replacedCode');
  });

  test('deleted files of nobody need none', async () => {
    await host.addProcess(20, { maps: STALE.replace(DPKG, '/tmp/jit-code') });

    expect(await restartNeeded()).toEqual([]);
  });

  test('where not all may be looked at, nothing found is nothing known', async () => {
    await host.writeProc('20/maps/folder', '');

    expect(await restartNeeded()).toBeNull();
  });

  test('where not all may be looked at, what was found is told', async () => {
    await host.writeProc('20/maps/folder', '');
    await host.addProcess(21, { maps: STALE, cgroup: '0::/system.slice/a.service\n' });

    expect(await restartNeeded()).toEqual(['a.service']);
  });
});

describe('after an earlier answer', () => {
  test('the time of the boot stays, though the clock was adjusted since', async () => {
    const state = await readSystem(host, deb, packages, null);
    await host.writeProc('stat', 'btime 1790000003\n');

    const again = await readSystem(host, deb, packages, { state, filesReplaced: false });

    expect(again).toEqual(state);
  });

  test('another boot has its own time', async () => {
    const state = await readSystem(host, deb, packages, null);
    await host.writeProc('stat', 'btime 1790000500\n');
    await host.writeProc('sys/kernel/random/boot_id', '99999999-2222-4333-8444-555555555555\n');

    expect(await readSystem(host, deb, packages, { state, filesReplaced: false })).toMatchObject({
      bootedAt: 1_790_000_500_000,
    });
  });

  test('processes are looked through again only when packages changed, or some needed a restart', async () => {
    const state = await readSystem(host, deb, packages, null);
    await host.addProcess(20, { maps: STALE, cgroup: '0::/system.slice/a.service\n' });

    const unchanged = await readSystem(host, deb, packages, { state, filesReplaced: false });
    const changed = await readSystem(host, deb, packages, { state, filesReplaced: true });
    const after = await readSystem(host, deb, packages, { state: changed, filesReplaced: false });

    expect(unchanged.restartNeeded).toEqual([]);
    expect(changed.restartNeeded).toEqual(['a.service']);
    expect(after.restartNeeded).toEqual(['a.service']);
  });
});
