import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { mkdir, readdir, readFile, rmdir, writeFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

const LOOK_EVERY_MS = 20;
const CGROUPS = '/sys/fs/cgroup';
const TREES = ['systemd', 'memory', 'pids', 'cpu'];

/** The processes of a host that is a folder of this machine. */
export interface World {
  /** Its first process, as this machine counts. */
  readonly pid: number;
  /** What `nsenter` needs to be in it. */
  readonly inside: readonly string[];
  /** Every process of it ends at once. */
  end(): Promise<void>;
}

/** Own mounts and processes, held together by one that does nothing. */
export async function bareWorld(root: string): Promise<World> {
  const argv = [
    '--mount',
    '--pid',
    '--fork',
    '--kill-child',
    '--mount-proc',
    `--root=${root}`,
    '--wd=/',
    'sleep',
    'infinity',
  ];
  const holder = spawn('unshare', argv, { stdio: 'ignore' });
  const pid = await childOf(holder);
  return {
    pid,
    inside: ['--target', String(pid), '--mount', '--pid', `--root=/proc/${pid}/root`, '--wd=/', '--'],
    end: () => endOf(holder, pid),
  };
}

/** A booted systemd, in a control group of its own. */
export async function systemdWorld(root: string): Promise<World> {
  const name = basename(root).toLowerCase();
  await writeFile(join(root, 'etc/machine-id'), '');
  const groups = await makeGroups(name);
  const argv = ['--quiet', '--register=no', '--keep-unit', '--boot', `--directory=${root}`, `--machine=${name}`];
  const rest = ['--private-network', '--resolv-conf=off', '--timezone=off', '--link-journal=no', '--console=pipe'];
  // A process is born in the group of its parent: the shell joins first, and then becomes the other.
  const joinFirst = `for g in "$@"; do [ "$g" = -- ] && break; echo $$ > "$g/cgroup.procs"; done; while [ "$1" != -- ]; do shift; done; shift; exec "$@"`;
  const holder = spawn('sh', ['-c', joinFirst, 'sh', ...groups, '--', 'systemd-nspawn', ...argv, ...rest], {
    stdio: 'ignore',
    detached: true,
  });
  // On its way nspawn has children of other kinds; the host's first process is the one that became systemd.
  const pid = await childOf(holder, 'systemd');
  return {
    pid,
    inside: [
      '--target',
      String(pid),
      '--mount',
      '--pid',
      '--net',
      '--uts',
      '--ipc',
      '--cgroup',
      '--root',
      '--wd',
      '--',
    ],
    end: async () => {
      await endOf(holder, pid);
      for (const group of groups) await removeGroup(group);
    },
  };
}

/** The process that another has started, once it is what it should be. */
export async function childOf(parent: ChildProcess, name?: string): Promise<number> {
  const path = `/proc/${parent.pid ?? 0}/task/${parent.pid ?? 0}/children`;
  for (;;) {
    if (parent.exitCode !== null) throw new Error(`it left with ${parent.exitCode} before it had a child`);
    const pid = Number((await readFile(path, 'utf8')).trim().split(' ')[0]);
    if (pid > 0 && (name === undefined || (await nameOf(pid)) === name)) return pid;
    await sleep(LOOK_EVERY_MS);
  }
}

export async function nameOf(pid: number): Promise<string> {
  // It may be gone by now, and then it was none of ours.
  return (await readFile(`/proc/${pid}/comm`, 'utf8').catch(() => '')).trim();
}

/** False where it ended by itself a moment ago. */
export function killIfThere(pid: number): boolean {
  try {
    return process.kill(pid, 'SIGKILL');
  } catch {
    return false;
  }
}

async function endOf(holder: ChildProcess, pid: number): Promise<void> {
  if (holder.exitCode !== null || holder.signalCode !== null) return;
  const ended = once(holder, 'exit');
  killIfThere(pid);
  await ended;
}

async function makeGroups(name: string): Promise<string[]> {
  const trees = existsSync(join(CGROUPS, 'cgroup.controllers'))
    ? ['.']
    : TREES.filter((tree) => existsSync(join(CGROUPS, tree)));
  const groups = trees.map((tree) => join(CGROUPS, tree, name));
  for (const group of groups) await mkdir(group, { recursive: true });
  return groups;
}

async function removeGroup(group: string): Promise<void> {
  for (const entry of await readdir(group, { withFileTypes: true })) {
    if (entry.isDirectory()) await removeGroup(join(group, entry.name));
  }
  // The kernel lets go of a group a moment after its last process.
  for (let tries = 0; tries < 50; tries += 1) {
    try {
      await rmdir(group);
      return;
    } catch {
      await sleep(LOOK_EVERY_MS);
    }
  }
}
