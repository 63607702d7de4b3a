import { randomUUID } from 'node:crypto';
import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { run } from '../machine/command.ts';
import { mountsBelow } from '../machine/mounts.ts';
import type { Place } from '../place.ts';
import { type HostPlan, HUB_ADDRESS } from './host-plan.ts';
import { removeNspawnTraces } from './nspawn-traces.ts';

/** The names by which a host knows the hub: the genuine archive's among them, so that its sources stay the genuine ones. */
const HUB_NAMES = ['hub', 'patchsteward.test', 'deb.debian.org', 'packages.acme.test'];

/** Folders that a host reads through, the topmost first, and never writes to. */
export type Layers = readonly string[];

/** Makes the host's own file system: what it writes stays in one folder of its own above the shared layers. */
export async function makeRoot(place: Place, { name, address }: HostPlan, layers: Layers): Promise<void> {
  for (const part of ['upper', 'work', 'root']) await mkdir(place.hostPath(name, part), { recursive: true });
  await writeFile(place.hostPath(name, 'machine-id'), randomUUID().replaceAll('-', ''));
  await mountRoot(place, name, layers);
  const etc = (file: string): string => place.hostPath(name, 'root', 'etc', file);
  await writeFile(etc('hostname'), `${name}\n`);
  await writeFile(etc('machine-id'), `${await machineIdOf(place, name)}\n`);
  await writeFile(etc('hosts'), `${hubHosts()}127.0.0.1 localhost\n${address} ${name}\n`);
}

export async function removeRoot(place: Place, name: string): Promise<void> {
  const mounts = await mountsBelow(place.hostPath(name));
  await removeNspawnTraces((machine) => machine === place.nameOf(name), mounts);
  for (const mount of mounts) await run(place.work, ['umount', mount]);
  await rm(place.hostPath(name), { recursive: true, force: true });
}

export async function machineIdOf(place: Place, name: string): Promise<string> {
  return (await readFile(place.hostPath(name, 'machine-id'), 'utf8')).trim();
}

/** Lines of /etc/hosts for whoever reaches the hub by its names. */
export function hubHosts(): string {
  return `${HUB_ADDRESS} ${HUB_NAMES.join(' ')}\n`;
}

async function mountRoot(place: Place, name: string, layers: Layers): Promise<void> {
  const options = [
    `lowerdir=${layers.join(':')}`,
    `upperdir=${place.hostPath(name, 'upper')}`,
    `workdir=${place.hostPath(name, 'work')}`,
  ];
  await run(place.work, [
    'mount',
    '-t',
    'overlay',
    place.nameOf(name),
    '-o',
    options.join(','),
    place.hostPath(name, 'root'),
  ]);
}
