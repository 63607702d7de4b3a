import { readFile } from 'node:fs/promises';
import { codeOf } from './system-error.ts';

/** A process and the tick at which it started: a number alone is given again to others. */
export interface ProcessIdentity {
  readonly pid: number;
  readonly startedTicks: string;
}

export async function ownIdentity(): Promise<ProcessIdentity> {
  return { pid: process.pid, startedTicks: (await startOf(process.pid)) ?? '' };
}

export async function isAlive({ pid, startedTicks }: ProcessIdentity): Promise<boolean> {
  return (await startOf(pid)) === startedTicks;
}

/** Field 22 of /proc/<pid>/stat, proc(5); null where there is no such process, or only what it left. */
async function startOf(pid: number): Promise<string | null> {
  try {
    return startedTicksOf(await readFile(`/proc/${pid}/stat`, 'utf8'));
  } catch (error) {
    if (codeOf(error) === 'ENOENT' || codeOf(error) === 'ESRCH') return null;
    throw error;
  }
}

export function startedTicksOf(stat: string): string | null {
  // The second field is a name in parentheses, which may hold spaces and parentheses itself.
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  return fields[0] === 'Z' ? null : (fields[19] ?? null);
}
