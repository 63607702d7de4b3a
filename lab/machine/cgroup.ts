import { mkdir, readdir, readFile, rmdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { LabError } from '../lab-error.ts';
import type { CgroupHierarchies } from './cgroup-hierarchies.ts';
import { codeOf } from './system-error.ts';

/** A killed process may first have to finish what it asked of the disk. */
const EMPTY_WAIT_MS = 20_000;
const EMPTY_POLL_MS = 10;
/** The kernel lets go of a group a moment after its last process has gone. */
const REMOVE_ATTEMPTS_MAX = 200;

/** One control group, by the same name in every hierarchy. What runs in it can be ended at once, whatever it does. */
export class Cgroup {
  readonly name: string;
  /** Once given, nothing new may start in the group, and what was being waited for is ended. */
  readonly stop: AbortSignal;
  private readonly hierarchies: CgroupHierarchies;

  constructor(hierarchies: CgroupHierarchies, name: string, stop: AbortSignal) {
    this.hierarchies = hierarchies;
    this.name = name;
    this.stop = stop;
  }

  child(name: string): Cgroup {
    return new Cgroup(this.hierarchies, join(this.name, name), this.stop);
  }

  stoppedBy(stop: AbortSignal): Cgroup {
    return new Cgroup(this.hierarchies, this.name, stop);
  }

  async create(): Promise<void> {
    this.stop.throwIfAborted();
    for (const folder of this.folders()) await mkdir(folder, { recursive: true });
  }

  /** The command line that joins this group first and then becomes the given command. */
  entering(argv: readonly string[]): string[] {
    const script = 'while [ "$1" != -- ]; do echo $$ >"$1" || exit 125; shift; done; shift; exec "$@"';
    const files = this.folders().map((folder) => join(folder, 'cgroup.procs'));
    return ['/bin/sh', '-c', script, 'lab', ...files, '--', ...argv];
  }

  /** The processes of this group and of all below it. */
  async processes(): Promise<number[]> {
    const folders = await foldersBelow(this.trackingFolder());
    const lists = await Promise.all(folders.map((folder) => readIfThere(join(folder, 'cgroup.procs'))));
    return lists.flatMap((text) => (text ?? '').split('\n').filter(Boolean).map(Number));
  }

  async exists(): Promise<boolean> {
    const found = await Promise.all(this.folders().map((folder) => readIfThere(join(folder, 'cgroup.procs'))));
    return found.some((text) => text !== null);
  }

  /** Kills everything in the group, as a power cut does, and waits until nothing of it is left. */
  async kill(): Promise<void> {
    const deadline = Date.now() + EMPTY_WAIT_MS;
    for (;;) {
      const processes = await this.processes();
      if (processes.length === 0) return;
      if (Date.now() > deadline) throw undying(processes);
      await this.killOnce(processes);
      await sleep(EMPTY_POLL_MS);
    }
  }

  /** Takes the empty group away, with all below it. */
  async remove(): Promise<void> {
    for (const top of this.folders()) {
      for (const folder of (await foldersBelow(top)).toReversed()) await removeEmpty(folder);
    }
  }

  private async killOnce(processes: readonly number[]): Promise<void> {
    try {
      // Linux 5.14: the kernel kills all, also those that fork meanwhile.
      await writeFile(join(this.trackingFolder(), 'cgroup.kill'), '1', { flag: 'r+' });
    } catch (error) {
      if (codeOf(error) !== 'ENOENT') throw error;
      for (const process of processes) killIfThere(process);
    }
  }

  private folders(): string[] {
    return this.hierarchies.roots.map((root) => join(root, this.name));
  }

  private trackingFolder(): string {
    return join(this.hierarchies.tracking, this.name);
  }
}

function undying(processes: readonly number[]): LabError {
  return new LabError(
    `processes ${processes.join(', ')} do not end`,
    'they wait for the kernel, mostly for a disk; try again in a moment',
  );
}

/** The folder and all below it, the parents first; none where it is not there. */
async function foldersBelow(top: string): Promise<string[]> {
  try {
    const entries = await readdir(top, { withFileTypes: true });
    const below = await Promise.all(
      entries.filter((entry) => entry.isDirectory()).map((entry) => foldersBelow(join(top, entry.name))),
    );
    return [top, ...below.flat()];
  } catch (error) {
    if (codeOf(error) === 'ENOENT' || codeOf(error) === 'ENODEV') return [];
    throw error;
  }
}

/** A group may go away while it is read: its last process has ended. */
async function readIfThere(path: string): Promise<string | null> {
  try {
    return await readFile(path, 'utf8');
  } catch (error) {
    if (codeOf(error) === 'ENOENT' || codeOf(error) === 'ENODEV') return null;
    throw error;
  }
}

async function removeEmpty(folder: string): Promise<void> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await rmdir(folder);
    } catch (error) {
      if (codeOf(error) === 'ENOENT') return;
      if (codeOf(error) !== 'EBUSY' || attempt === REMOVE_ATTEMPTS_MAX) throw error;
      await sleep(EMPTY_POLL_MS);
    }
  }
}

function killIfThere(process_: number): void {
  try {
    process.kill(process_, 'SIGKILL');
  } catch (error) {
    if (codeOf(error) !== 'ESRCH') throw error;
  }
}
