import { readdir, readFile } from 'node:fs/promises';

/** What /proc counts in. // proc(5): USER_HZ, 100 on every architecture that Linux runs on today */
const TICK_MS = 10;
/** Fields of /proc/PID/stat behind the name: parent, own time in user and kernel, that of children that ended. */
const [PARENT, USER, SYSTEM, CHILDREN_USER, CHILDREN_SYSTEM] = [1, 11, 12, 13, 14] as const;

export interface ProcessTime {
  readonly parent: number;
  readonly ownMs: number;
  /** Of children that ended and were waited for. */
  readonly childrenMs: number;
}

/** One line of /proc/PID/stat. The name may hold spaces and brackets: what counts is behind the last one. */
export function processTimeOf(stat: string): ProcessTime {
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  const ticks = (at: number): number => Number(fields[at] ?? 0) * TICK_MS;
  return {
    parent: Number(fields[PARENT]),
    ownMs: ticks(USER) + ticks(SYSTEM),
    childrenMs: ticks(CHILDREN_USER) + ticks(CHILDREN_SYSTEM),
  };
}

/** The processor time of a process with all its threads, in user and kernel, since it began. */
export async function cpuMsOf(pid: number): Promise<number> {
  return processTimeOf(await readFile(`/proc/${pid}/stat`, 'utf8')).ownMs;
}

/** Of all children of this process that ended: what one of them took is the difference. */
export async function cpuMsOfEnded(): Promise<number> {
  return processTimeOf(await readFile('/proc/self/stat', 'utf8')).childrenMs;
}

/** Of a process and its children, those that ended among them: PostgreSQL has one for each connection. */
export async function cpuMsOfFamily(pid: number): Promise<number> {
  const parent = processTimeOf(await readFile(`/proc/${pid}/stat`, 'utf8'));
  let sumMs = parent.ownMs + parent.childrenMs;
  for (const name of await readdir('/proc')) {
    if (!/^\d+$/.test(name)) continue;
    // A process may end between the listing and the look.
    const stat = await readFile(`/proc/${name}/stat`, 'utf8').catch(() => null);
    if (stat === null) continue;
    const child = processTimeOf(stat);
    if (child.parent === pid) sumMs += child.ownMs + child.childrenMs;
  }
  return sumMs;
}

/** // proc_pid_status(5): VmRSS, VmHWM */
export async function memoryOf(pid: number): Promise<{ readonly rssMb: number; readonly peakMb: number }> {
  const status = await readFile(`/proc/${pid}/status`, 'utf8');
  const mbOf = (name: string): number =>
    Math.round(Number(new RegExp(`^${name}:\\s+(\\d+) kB$`, 'm').exec(status)?.[1] ?? 0) / 1024);
  return { rssMb: mbOf('VmRSS'), peakMb: mbOf('VmHWM') };
}
