import { readFile } from 'node:fs/promises';
import type { Cgroup } from '../machine/cgroup.ts';
import { codeOf } from '../machine/system-error.ts';

/** The host's process 1 as this machine numbers it; null while the host does not run. Asked of the kernel each time. */
export async function firstProcess(machine: Cgroup): Promise<number | null> {
  for (const pid of await machine.processes()) {
    if (isFirstProcess(await statusOf(pid))) return pid;
  }
  return null;
}

/** In the text of /proc/<pid>/status: number 1 in the namespace right below ours, and already systemd, not what becomes it. */
export function isFirstProcess(status: string): boolean {
  const numbers = /^NSpid:\t(.*)$/m.exec(status)?.[1]?.split('\t') ?? [];
  return numbers.length === 2 && numbers[1] === '1' && /^Name:\tsystemd$/m.test(status);
}

async function statusOf(pid: number): Promise<string> {
  try {
    return await readFile(`/proc/${pid}/status`, 'utf8');
  } catch (error) {
    if (codeOf(error) === 'ENOENT' || codeOf(error) === 'ESRCH') return '';
    throw error;
  }
}
