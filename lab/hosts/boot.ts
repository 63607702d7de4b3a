import { spawn } from 'node:child_process';
import { open, readFile } from 'node:fs/promises';
import { setTimeout as sleep } from 'node:timers/promises';
import { LabError } from '../lab-error.ts';
import type { Cgroup } from '../machine/cgroup.ts';
import type { Place } from '../place.ts';
import { BOOT_LOOP, bootCommand } from './boot-command.ts';
import { machineIdOf } from './host-root.ts';
import { namespaceFile } from './network.ts';

/** Fifty hosts that boot at once on two cores need 40 s. */
const BOOT_WAIT_MS = 180_000;
/** systemd gives a service 90 s to stop before it kills it. */
const OFF_WAIT_MS = 120_000;
const POLL_MS = 150;
const CONSOLE_CHARACTERS_MAX = 1_500;
/** A host is of use when its services stand; degraded says that one of them failed, which may be what a test wants. */
const BOOTED = ['running', 'degraded'];

interface Bootable {
  readonly name: string;
  systemState(): Promise<string | null>;
  bootId(): Promise<string>;
}

/** Starts the host, which then lives without this process. */
export async function bootHost(place: Place, name: string): Promise<void> {
  const group = place.hostGroup(name);
  // What runs beside the host's own processes needs a group beside theirs: in cgroup v2 only leaves hold processes.
  const [loop, machine] = [group.child('loop'), group.child('machine')];
  await loop.create();
  await machine.create();
  const boot = bootCommand({
    host: name,
    machine: place.nameOf(name),
    root: place.hostPath(name, 'root'),
    machineId: await machineIdOf(place, name),
    namespace: namespaceFile(place.nameOf(name)),
  });
  const [shell = '', ...rest] = loop.entering(['/bin/sh', '-c', BOOT_LOOP, 'boot', ...machine.entering(boot)]);
  const console = await open(consoleFile(place, name), 'a');
  const child = spawn(shell, rest, { detached: true, stdio: ['ignore', console.fd, console.fd], cwd: '/' });
  await new Promise<void>((resolve, reject) => child.once('spawn', resolve).once('error', reject));
  child.unref();
  await console.close();
}

/** Waits until the services of a boot other than the given one stand. */
export async function waitUntilBooted(place: Place, host: Bootable, otherThan: string | null): Promise<void> {
  const deadline = Date.now() + BOOT_WAIT_MS;
  while (Date.now() < deadline) {
    place.stop.throwIfAborted();
    if (await isBooted(host, otherThan)) return;
    await sleep(POLL_MS);
  }
  throw new LabError(`${host.name} did not boot: ${await consoleEnd(place, host.name)}`, 'see what its console said');
}

export async function waitUntilOff(place: Place, group: Cgroup): Promise<void> {
  const deadline = Date.now() + OFF_WAIT_MS;
  while ((await group.processes()).length > 0) {
    if (Date.now() > deadline) throw new LabError(`a host in ${place.folder} did not power off`, 'cut its power');
    await sleep(POLL_MS);
  }
}

async function isBooted(host: Bootable, otherThan: string | null): Promise<boolean> {
  try {
    const state = await host.systemState();
    return state !== null && BOOTED.includes(state) && (await host.bootId()) !== otherThan;
  } catch (error) {
    // Between two boots there is no host to ask for a moment.
    if (error instanceof LabError) return false;
    throw error;
  }
}

async function consoleEnd(place: Place, name: string): Promise<string> {
  return (await readFile(consoleFile(place, name), 'utf8')).slice(-CONSOLE_CHARACTERS_MAX).trim();
}

function consoleFile(place: Place, name: string): string {
  return place.hostPath(name, 'console.log');
}
