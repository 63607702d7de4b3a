import { mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import type { Host } from '../host.ts';

/** A process of a fake host; what is left out belongs to a plain one of the host itself. */
interface FakeProcess {
  readonly maps: string;
  readonly cgroup?: string;
  readonly comm?: string;
  readonly namespace?: string;
  readonly root?: string;
}

export interface FakeHost extends Host {
  /** Writes a file below the root. */
  write(path: string, content: string): Promise<void>;
  writeBytes(path: string, content: Uint8Array): Promise<void>;
  /** Makes a link below the root. */
  link(path: string, target: string): Promise<void>;
  /** Writes a file of the proc file system. */
  writeProc(path: string, content: string): Promise<void>;
  addProcess(id: number, process: FakeProcess): Promise<void>;
  /** Puts this process into a PID namespace: the kernel's first one, or a container's. */
  enterNamespace(kind: 'first' | 'other'): Promise<void>;
  remove(): Promise<void>;
}

export const BOOT_ID = '11111111-2222-4333-8444-555555555555';
const FIRST_PID_NAMESPACE = 'pid:[4026531836]';
const OTHER_PID_NAMESPACE = 'pid:[4026532999]';

/** A small Debian 12 in a temporary folder: its files and its proc file system, and nothing that runs. */
export async function makeFakeHost(): Promise<FakeHost> {
  const folder = await mkdtemp(join(tmpdir(), 'patchsteward-host-'));
  const host = fakeHostAt(folder);
  await host.write(
    '/etc/os-release',
    'ID=debian\nVERSION_ID="12"\nVERSION_CODENAME=bookworm\nPRETTY_NAME="Debian 12"\n',
  );
  await host.write('/etc/machine-id', '0123456789abcdef0123456789abcdef\n');
  await host.write('/var/lib/dpkg/status', statusOf('dpkg', '1.21.22'));
  await host.write('/var/lib/dpkg/info/dpkg.list', '/.\n/usr/bin/dpkg\n');
  await host.writeProc('sys/kernel/hostname', 'testhost\n');
  await host.writeProc('sys/kernel/osrelease', '6.1.0-40-amd64\n');
  await host.writeProc('sys/kernel/version', '#1 SMP PREEMPT_DYNAMIC Debian 6.1.153-1 (2025-09-20)\n');
  await host.writeProc('sys/kernel/random/boot_id', `${BOOT_ID}\n`);
  await host.writeProc('stat', 'cpu 1 2 3\nbtime 1790000000\nprocesses 5\n');
  await host.writeProc('self/mountinfo', '21 1 0:1 / / rw - ext4 /dev/sda1 rw\n');
  await host.enterNamespace('first');
  await host.addProcess(1, { maps: '', cgroup: '0::/init.scope\n', comm: 'systemd' });
  return host;
}

/** One paragraph of a dpkg status database. */
export function statusOf(name: string, version: string, more = ''): string {
  return `Package: ${name}\nStatus: install ok installed\nArchitecture: amd64\nVersion: ${version}\n${more}\n`;
}

function fakeHostAt(folder: string): FakeHost {
  const root = join(folder, 'root');
  const procfs = join(folder, 'proc');
  const put = async (path: string, content: string | Uint8Array): Promise<void> => {
    await mkdir(dirname(path), { recursive: true });
    await writeFile(path, content);
  };
  const link = async (path: string, target: string): Promise<void> => {
    await mkdir(dirname(path), { recursive: true });
    await rm(path, { force: true });
    await symlink(target, path);
  };
  return {
    root,
    procfs,
    write: (path, content) => put(join(root, path), content),
    writeBytes: (path, content) => put(join(root, path), content),
    link: (path, target) => link(join(root, path), target),
    writeProc: (path, content) => put(join(procfs, path), content),
    addProcess: async (id, { maps, cgroup, comm, namespace, root: processRoot }) => {
      await put(join(procfs, `${id}/maps`), maps);
      await put(join(procfs, `${id}/cgroup`), cgroup ?? '0::/\n');
      await put(join(procfs, `${id}/comm`), `${comm ?? 'program'}\n`);
      await link(join(procfs, `${id}/ns/pid`), namespace ?? FIRST_PID_NAMESPACE);
      await link(join(procfs, `${id}/root`), processRoot ?? '/');
    },
    enterNamespace: async (kind) => {
      await link(join(procfs, 'self/ns/pid'), kind === 'first' ? FIRST_PID_NAMESPACE : OTHER_PID_NAMESPACE);
      await link(join(procfs, 'self/ns/uts'), 'uts:[4026531838]');
      await link(join(procfs, 'self/ns/ipc'), 'ipc:[4026531839]');
    },
    remove: () => rm(folder, { recursive: true, force: true }),
  };
}
