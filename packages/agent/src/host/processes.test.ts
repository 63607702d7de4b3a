import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { deletedExecutables, readStaleProcesses, unitOf } from './processes.ts';
import { type FakeHost, makeFakeHost } from './testing/fake-host.ts';

const SSL = '/usr/lib/x86_64-linux-gnu/libssl.so.3';
const STALE = `7f00-7f10 r-xp 00000000 08:01 1234                       ${SSL} (deleted)\n`;

describe('mappings', () => {
  test.each([
    ['code of a deleted file', STALE, [SSL]],
    ['twice the same', STALE + STALE, [SSL]],
    ['code of a file that is there', STALE.replace(' (deleted)', ''), []],
    ['data of a deleted file', STALE.replace('r-xp', 'r--p'), []],
    ['a path with spaces', STALE.replace(SSL, '/opt/my app/lib.so'), ['/opt/my app/lib.so']],
    ['memory of a name', STALE.replace(SSL, '/memfd:jit'), []],
    ['shared memory', '7f00-7f10 rw-s 00000000 00:01 1234     /SYSV00000000 (deleted)\n', []],
    ['memory without a file', '7f00-7f10 r-xp 00000000 00:00 0          [vdso]\n7f20-7f30 r-xp 00000000 00:00 0\n', []],
    ['nothing (a thread of the kernel)', '', []],
  ])('%s', (_, maps, expected) => {
    expect(deletedExecutables(maps)).toEqual(expected);
  });
});

describe('units', () => {
  test.each([
    ['a service', '0::/system.slice/ssh.service\n', 'ssh.service'],
    ['an instance', '0::/system.slice/system-getty.slice/getty@tty1.service\n', 'getty@tty1.service'],
    ['a group inside a service', '0::/system.slice/docker.service/worker\n', 'docker.service'],
    ['a session', '0::/user.slice/user-1000.slice/session-3.scope\n', 'session-3.scope'],
    [
      'a service of a person',
      '0::/user.slice/user-1000.slice/user@1000.service/app.slice/a.service\n',
      'user@1000.service',
    ],
    ['version 1', '4:memory:/x.service\n1:name=systemd:/system.slice/cron.service\n0::/\n', 'cron.service'],
    ['no unit', '0::/\n', null],
    ['no systemd', '', null],
  ])('%s', (_, cgroup, unit) => {
    expect(unitOf(cgroup)).toBe(unit);
  });
});

describe('processes', () => {
  let host: FakeHost;

  beforeEach(async () => {
    host = await makeFakeHost();
  });

  afterEach(() => host.remove());

  test('one with replaced code is named by its unit, else by its command', async () => {
    await host.addProcess(20, { maps: STALE, cgroup: '0::/system.slice/ssh.service\n' });
    await host.addProcess(21, { maps: STALE, comm: 'worker' });
    await host.addProcess(22, { maps: STALE.replace(' (deleted)', '') });

    expect(readStaleProcesses(host)).toEqual({
      stale: [
        { name: 'ssh.service', paths: [SSL] },
        { name: 'worker', paths: [SSL] },
      ],
      complete: true,
    });
  });

  test.each([
    ['a container', { namespace: 'pid:[4026532999]' }],
    ['a chroot', { root: '/srv/chroot' }],
  ])('one of %s runs other files of the same name', async (_, place) => {
    await host.addProcess(20, { maps: STALE, ...place });

    expect(readStaleProcesses(host)).toEqual({ stale: [], complete: true });
  });

  test('one that ended meanwhile is passed over', async () => {
    await host.writeProc('20/comm', 'gone\n');

    expect(readStaleProcesses(host)).toEqual({ stale: [], complete: true });
  });

  test('one whose mappings cannot be read makes the answer incomplete', async () => {
    // Reading a folder fails with EISDIR, for root too.
    await host.writeProc('20/maps/folder', '');

    expect(readStaleProcesses(host)).toEqual({ stale: [], complete: false });
  });

  test('a proc file system that hides the others makes the answer incomplete', async () => {
    const hiding = { root: host.root, procfs: join(host.procfs, 'hidden') };
    await host.writeProc('hidden/55/maps', '');

    expect(readStaleProcesses(hiding)).toEqual({ stale: [], complete: false });
  });
});
