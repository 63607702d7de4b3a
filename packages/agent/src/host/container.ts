import { readlink, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { errorCode, isPresent, readText } from '../platform/files.ts';
import { type Host, hostPath } from './host.ts';

/** What container managers leave inside. // systemd: Container Interface; Docker, Podman */
const CONTAINER_MARKS = ['/run/systemd/container', '/run/host/container-manager', '/.dockerenv', '/run/.containerenv'];
const PROC_FILE_BYTES_MAX = 4 * 1024 * 1024;
/** // systemd-detect-virt(1): WSL runs under a kernel that no package of the system brings */
const FOREIGN_KERNEL = /microsoft|WSL/;

/**
 * The namespaces that the kernel itself starts with have fixed numbers. // Linux include/linux/proc_ns.h: PROC_*_INIT_INO
 * A virtual machine made from a container's image keeps the marks, but lives in these.
 */
const FIRST_NAMESPACES: ReadonlySet<string> = new Set(['pid:[4026531836]', 'uts:[4026531838]', 'ipc:[4026531839]']);

/** The environment runs under somebody else's kernel: a container, a chroot or WSL. It boots no kernel of its own. */
export async function isContainer(host: Host): Promise<boolean> {
  if (await isMarked(host)) return true;
  if (FOREIGN_KERNEL.test(await readText(join(host.procfs, 'sys/kernel/osrelease'), PROC_FILE_BYTES_MAX))) return true;
  return (await startedInContainer(host)) || (await isChroot(host));
}

async function isMarked(host: Host): Promise<boolean> {
  for (const mark of CONTAINER_MARKS) {
    if (await isPresent(hostPath(host, mark))) return !(await hasFirstNamespaces(host));
  }
  return false;
}

async function hasFirstNamespaces(host: Host): Promise<boolean> {
  for (const name of ['pid', 'uts', 'ipc']) {
    if (!FIRST_NAMESPACES.has(await readlink(join(host.procfs, 'self/ns', name)))) return false;
  }
  return true;
}

/** The first process of a container is told so; only root may read it, hence the marks above. */
async function startedInContainer(host: Host): Promise<boolean> {
  const environment = await readOrNull(join(host.procfs, '1/environ'));
  return environment?.split('\0').some((entry) => /^container=./.test(entry)) ?? false;
}

/** Inside a chroot the root directory is not that of the first process; or, seen without root, no mount at all. */
async function isChroot(host: Host): Promise<boolean> {
  // Another root is looked at from outside: what runs is not below it.
  if (host.root !== '/') return false;
  try {
    const [ours, first] = await Promise.all([stat('/'), stat(join(host.procfs, '1/root/'))]);
    return ours.dev !== first.dev || ours.ino !== first.ino;
  } catch (error) {
    if (errorCode(error) === null) throw error;
    const mounts = await readOrNull(join(host.procfs, 'self/mountinfo'));
    return mounts !== null && !mounts.split('\n').some((line) => line.split(' ')[4] === '/');
  }
}

async function readOrNull(path: string): Promise<string | null> {
  try {
    return await readText(path, PROC_FILE_BYTES_MAX);
  } catch (error) {
    if (errorCode(error) === null) throw error;
    return null;
  }
}
