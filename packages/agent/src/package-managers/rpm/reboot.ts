import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { Instant } from '@patchsteward/core/vocabulary';
import { type Host, hostPath } from '../../host/host.ts';
import { errorCode, readText } from '../../platform/files.ts';
import { databasePlace } from './database-place.ts';
import { askRpm } from './rpm.ts';

/** What only a reboot puts to use. // dnf needs-restarting(8): the list of the plugin; kernels are compared apart */
const NEEDS_REBOOT = ['dbus', 'dbus-broker', 'dbus-daemon', 'glibc', 'linux-firmware', 'microcode_ctl', 'systemd'];
/** An administrator's own, a name a line. // dnf needs-restarting(8) */
const MORE_NAMES = '/etc/dnf/plugins/needs-restarting.d';
const MORE_NAMES_BYTES_MAX = 64 * 1024;
const FORMAT = 'installed %{NAME} %{INSTALLTIME}\n';
const ROW = /^installed (\S+) (\d+)$/gm;

/** The packages of that list that were installed since this system started; null: none. */
export async function rebootRequiredBy(host: Host, bootedAt: Instant | null): Promise<readonly string[] | null> {
  const startedAt = await startOf(host, bootedAt);
  if (startedAt === null) return null;
  const times = await installTimes(host);
  const newer = [...times].filter(([, installedAt]) => installedAt > startedAt).map(([name]) => name);
  return newer.length === 0 ? null : newer.sort();
}

/** A container starts after its host: its first process is as old as itself. */
async function startOf(host: Host, bootedAt: Instant | null): Promise<Instant | null> {
  try {
    return Math.max((await stat(join(host.procfs, '1'))).mtimeMs, bootedAt ?? 0);
  } catch (error) {
    if (errorCode(error) === null) throw error;
    return bootedAt;
  }
}

/** Asked once for each state of the database: this is looked at with every check-in. */
async function installTimes(host: Host): Promise<ReadonlyMap<string, Instant>> {
  const place = await databasePlace(host);
  if (place === null) return new Map();
  const names = [...NEEDS_REBOOT, ...(await moreNames(host))];
  const { mtimeNs } = await stat(place.file, { bigint: true });
  const state = `${place.file} ${mtimeNs} ${names.join(' ')}`;
  if (remembered.state !== state) {
    const argv = ['--query', '--queryformat', FORMAT, ...names];
    remembered = { state, times: parseInstallTimes(await askRpm(host, argv)) };
  }
  return remembered.times;
}

let remembered: { readonly state: string; readonly times: ReadonlyMap<string, Instant> } = {
  state: '',
  times: new Map(),
};

/** The newest of each name; what is not installed is answered with a sentence. */
export function parseInstallTimes(answer: string): Map<string, Instant> {
  const times = new Map<string, Instant>();
  for (const [, name = '', seconds] of answer.matchAll(ROW)) {
    times.set(name, Math.max(Number(seconds) * 1000, times.get(name) ?? 0));
  }
  return times;
}

async function moreNames(host: Host): Promise<string[]> {
  const folder = hostPath(host, MORE_NAMES);
  try {
    const files = (await readdir(folder)).filter((name) => name.endsWith('.conf')).sort();
    const texts = await Promise.all(files.map((name) => readText(join(folder, name), MORE_NAMES_BYTES_MAX)));
    return texts
      .flatMap((text) => text.split('\n').map((line) => line.trim()))
      .filter((name) => /^[\w.+-]+$/.test(name));
  } catch (error) {
    if (errorCode(error) === 'ENOENT') return [];
    throw error;
  }
}
