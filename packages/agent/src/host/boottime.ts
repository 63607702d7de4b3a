import { join } from 'node:path';
import { readProcText } from '../platform/files.ts';
import type { Host } from './host.ts';

const UPTIME_BYTES_MAX = 4096;

/**
 * Milliseconds since boot on CLOCK_BOOTTIME, which no one can set and which goes on while the machine is suspended; the
 * first number of /proc/uptime is that clock, in hundredths of a second. // proc_uptime(5), time_namespaces(7)
 */
export function boottimeMs(host: Host): number {
  const seconds = Number(readProcText(join(host.procfs, 'uptime'), UPTIME_BYTES_MAX).split(' ')[0]);
  if (!Number.isFinite(seconds)) throw new Error(`${host.procfs}/uptime does not begin with a number.`);
  return Math.round(seconds * 1000);
}
