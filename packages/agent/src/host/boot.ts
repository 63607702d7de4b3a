import { join } from 'node:path';
import type { Instant } from '@patchsteward/core/vocabulary';
import { readText, readTextIfPresent } from '../platform/files.ts';
import { type Host, hostPath } from './host.ts';

/** `/proc/stat` grows with processors and interrupts; a thousand processors stay below this. */
const PROC_FILE_BYTES_MAX = 4 * 1024 * 1024;
const MACHINE_ID = /^[0-9a-f]{32}$/;

export interface Boot {
  readonly bootId: string | null;
  readonly bootedAt: Instant | null;
  readonly hostname: string;
  /** `uname -r` */
  readonly kernelRelease: string;
  /** `uname -v` */
  readonly kernelBuild: string;
}

/** What the running kernel says of itself. */
export async function readBoot(host: Host): Promise<Boot> {
  const kernel = (name: string): Promise<string> =>
    readText(join(host.procfs, 'sys/kernel', name), PROC_FILE_BYTES_MAX);
  const bootId = await readTextIfPresent(join(host.procfs, 'sys/kernel/random/boot_id'), PROC_FILE_BYTES_MAX);
  const statistics = await readText(join(host.procfs, 'stat'), PROC_FILE_BYTES_MAX);
  const bootSeconds = /^btime (\d+)$/m.exec(statistics)?.[1];
  return {
    bootId: bootId?.trim() || null,
    bootedAt: bootSeconds === undefined ? null : Number(bootSeconds) * 1000,
    hostname: (await kernel('hostname')).trim(),
    kernelRelease: (await kernel('osrelease')).trim(),
    kernelBuild: (await kernel('version')).trim(),
  };
}

/** // machine-id(5); an image that was not started yet has `uninitialized` or nothing there */
export async function readMachineId(host: Host): Promise<string | null> {
  const text = (await readTextIfPresent(hostPath(host, '/etc/machine-id'), PROC_FILE_BYTES_MAX))?.trim() ?? '';
  return MACHINE_ID.test(text) ? text : null;
}
