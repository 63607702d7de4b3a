import { readdirSync, readlinkSync } from 'node:fs';
import { join } from 'node:path';
import { errorCode, readProcText } from '../platform/files.ts';
import type { Host } from './host.ts';

/** A browser with a thousand mappings has 200 kB; beyond this limit the process counts as not looked at. */
const MAPS_BYTES_MAX = 32 * 1024 * 1024;
const SMALL_BYTES_MAX = 64 * 1024;

/** A process that runs code from files that were since replaced or removed. */
interface StaleProcess {
  /** The unit that systemd keeps it in, or its command name. */
  readonly name: string;
  readonly paths: readonly string[];
}

export interface StaleProcesses {
  readonly stale: readonly StaleProcess[];
  /** Some process may not be looked at by this user: what was found is true, what was not is not known. */
  readonly complete: boolean;
}

/** Looks through all processes of this environment for executable mappings of deleted files. */
export function readStaleProcesses(host: Host): StaleProcesses {
  const ids = readdirSync(host.procfs).filter((name) => /^\d+$/.test(name));
  const ours = linkOf(host, 'self', 'ns/pid');
  const stale: StaleProcess[] = [];
  // Where /proc hides other users' processes, the first one is among the hidden.
  let complete = ids.includes('1');
  for (const id of ids) {
    const look = lookAt(host, id, ours);
    if (look === 'refused') complete = false;
    else if (look !== null) stale.push(look);
  }
  return { stale, complete };
}

function lookAt(host: Host, id: string, ours: string | null): StaleProcess | 'refused' | null {
  try {
    const paths = deletedExecutables(readProcText(join(host.procfs, id, 'maps'), MAPS_BYTES_MAX));
    if (paths.length === 0 || isElsewhere(host, id, ours)) return null;
    return { name: nameOf(host, id), paths };
  } catch (error) {
    const code = errorCode(error);
    // It ended meanwhile, or is a thread of the kernel.
    if (code === 'ENOENT' || code === 'ESRCH') return null;
    return 'refused';
  }
}

const MAPPING = /^[0-9a-f]+-[0-9a-f]+ ..x. \S+ \S+ \d+ +(\/.*) \(deleted\)$/;

/** Memory that only looks like a deleted file. // memfd_create(2), shm_overview(7), proc(5) */
const NAMELESS = /^\/(?:memfd:|dev\/|SYSV)/;

/** Data files (locales, fonts, caches) may be mapped for years without harm; only code makes a restart needed. */
export function deletedExecutables(maps: string): string[] {
  if (!maps.includes(' (deleted)')) return [];
  const paths = new Set<string>();
  for (const line of maps.split('\n')) {
    const path = MAPPING.exec(line)?.[1];
    if (path !== undefined && !NAMELESS.test(path)) paths.add(path);
  }
  return [...paths];
}

/** A container's or chroot's process maps its own files, which only share their names with this system's. */
function isElsewhere(host: Host, id: string, ours: string | null): boolean {
  const [namespace, root] = [linkOf(host, id, 'ns/pid'), linkOf(host, id, 'root')];
  return namespace !== ours || (root !== null && root !== '/');
}

function linkOf(host: Host, id: string, name: string): string | null {
  try {
    return readlinkSync(join(host.procfs, id, name));
  } catch (error) {
    if (errorCode(error) === null) throw error;
    return null;
  }
}

function nameOf(host: Host, id: string): string {
  const unit = unitOf(readProcText(join(host.procfs, id, 'cgroup'), SMALL_BYTES_MAX));
  return unit ?? readProcText(join(host.procfs, id, 'comm'), SMALL_BYTES_MAX).trim();
}

/** The outermost unit on the path of the process's control group, in version 2 or in systemd's own tree of version 1. */
export function unitOf(cgroup: string): string | null {
  for (const line of cgroup.split('\n')) {
    const [hierarchy, controllers, path] = line.split(':', 3);
    if (path === undefined || (hierarchy !== '0' && controllers !== 'name=systemd')) continue;
    const unit = path.split('/').find((part) => /\.(?:service|scope)$/.test(part));
    if (unit !== undefined) return unit;
  }
  return null;
}
