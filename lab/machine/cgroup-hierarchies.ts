import { readFile } from 'node:fs/promises';
import { LabError } from '../lab-error.ts';

/** Where the machine's control groups are: one tree (version 2), or one for each controller (version 1), or both. */
export interface CgroupHierarchies {
  /** The tree that knows every process of a group. */
  readonly tracking: string;
  /** The trees in which a host needs a group of its own: the tracking one, and the one that an older systemd keeps. */
  readonly roots: readonly string[];
}

export async function readCgroupHierarchies(): Promise<CgroupHierarchies> {
  const found = cgroupHierarchiesOf(await readFile('/proc/self/mountinfo', 'utf8'));
  if (found !== null) return found;
  throw new LabError(
    'this machine shows no control groups',
    'run the lab on a machine or a container that has /sys/fs/cgroup mounted',
  );
}

/** Reads the answer from the text of /proc/self/mountinfo; null where there is none that systemd could use. */
export function cgroupHierarchiesOf(mountinfo: string): CgroupHierarchies | null {
  const mounts = mountinfo.split('\n').flatMap(cgroupMountOf);
  const unified = mounts.find(({ type }) => type === 'cgroup2')?.path;
  const named = mounts.find(({ type, options }) => type === 'cgroup' && options.includes('name=systemd'))?.path;
  const tracking = unified ?? named;
  if (tracking === undefined) return null;
  return { tracking, roots: [unified, named].filter((path) => path !== undefined) };
}

// `36 35 98:0 /root /path rw,noatime master:1 - type source options`, proc(5).
function cgroupMountOf(line: string): { path: string; type: string; options: string[] }[] {
  const [head = '', tail] = line.split(' - ');
  const [type = '', , options = ''] = tail?.split(' ') ?? [];
  const path = head.split(' ')[4];
  return path !== undefined && type.startsWith('cgroup') ? [{ path, type, options: options.split(',') }] : [];
}
