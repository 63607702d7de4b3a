import { createHash } from 'node:crypto';
import { join, resolve } from 'node:path';
import { LabError } from './lab-error.ts';
import { Cgroup } from './machine/cgroup.ts';
import { readCgroupHierarchies } from './machine/cgroup-hierarchies.ts';

export const DEFAULT_FOLDER = '/var/tmp/patchsteward-lab';
/** Overlay mounts and unit files take these without quoting; unix sockets below the folder take 108 bytes in all. */
const FOLDER = /^\/[A-Za-z0-9._/-]{1,60}$/;
const ID_LENGTH = 6;

/**
 * Where one lab lives. Everything that it makes on the machine outside of its folder has a name that follows from the
 * folder alone, so that a second process finds it all again when the first one is gone.
 */
export class Place {
  readonly folder: string;
  /** The control group above all processes of this lab. */
  readonly group: Cgroup;
  private readonly id: string;

  private constructor(folder: string, id: string, group: Cgroup) {
    this.folder = folder;
    this.id = id;
    this.group = group;
  }

  static async of(folder: string): Promise<Place> {
    const path = resolve(folder);
    if (!FOLDER.test(path)) {
      const advice = 'name a folder with --dir by letters, digits, dots and dashes, at most 60 characters';
      throw new LabError(`a lab cannot live in ${path}`, advice, { exitCode: 2 });
    }
    const id = createHash('sha256').update(path).digest('hex').slice(0, ID_LENGTH);
    const never = new AbortController().signal;
    return new Place(path, id, new Cgroup(await readCgroupHierarchies(), `patchsteward-lab-${id}`, never));
  }

  /** The same place for work that somebody may want to stop. */
  stoppedBy(stop: AbortSignal): Place {
    return new Place(this.folder, this.id, this.group.stoppedBy(stop));
  }

  get stop(): AbortSignal {
    return this.group.stop;
  }

  /** What the lab does itself: a second process ends it first, so that nothing is made behind its back. */
  get work(): Cgroup {
    return this.group.child('work');
  }

  get hubGroup(): Cgroup {
    return this.group.child('hub');
  }

  hostGroup(host: string): Cgroup {
    return this.group.child('hosts').child(host);
  }

  path(...parts: string[]): string {
    return join(this.folder, ...parts);
  }

  hostPath(host: string, ...parts: string[]): string {
    return this.path('hosts', host, ...parts);
  }

  /** The start of the name of every namespace and machine of this lab. */
  get prefix(): string {
    return `pslab-${this.id}-`;
  }

  /** Its network namespace, and its machine's name to systemd-nspawn. */
  nameOf(host: string): string {
    return `${this.prefix}${host}`;
  }

  get hubNamespace(): string {
    return this.nameOf('hub');
  }
}
