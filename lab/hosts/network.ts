import { readdir } from 'node:fs/promises';
import { run } from '../machine/command.ts';
import { codeOf } from '../machine/system-error.ts';
import type { Place } from '../place.ts';
import { type HostPlan, HUB_ADDRESS, PREFIX_BITS } from './host-plan.ts';

const NAMESPACES = '/run/netns';
const BRIDGE = 'bridge';

/** The namespace where server and repositories run, with the bridge to which every host is wired. */
export async function makeHubNetwork(place: Place): Promise<void> {
  await run(place.work, ['ip', 'netns', 'add', place.hubNamespace]);
  await ip(place, place.hubNamespace, [
    'link set lo up',
    `link add ${BRIDGE} type bridge`,
    `addr add ${HUB_ADDRESS}/${PREFIX_BITS} dev ${BRIDGE}`,
    `link set ${BRIDGE} up`,
  ]);
}

export async function makeHostNetwork(place: Place, { name, address }: HostPlan): Promise<void> {
  const namespace = place.nameOf(name);
  await run(place.work, ['ip', 'netns', 'add', namespace]);
  await ip(place, place.hubNamespace, [
    `link add ${cableOf(name)} type veth peer name eth0 netns ${namespace}`,
    `link set ${cableOf(name)} master ${BRIDGE} up`,
  ]);
  await ip(place, namespace, [
    'link set lo up',
    `addr add ${address}/${PREFIX_BITS} dev eth0`,
    'link set eth0 up',
    `route add default via ${HUB_ADDRESS}`,
  ]);
}

export async function setCable(place: Place, host: string, state: 'up' | 'down'): Promise<void> {
  await ip(place, place.hubNamespace, [`link set ${cableOf(host)} ${state}`]);
}

export async function removeNamespace(place: Place, namespace: string): Promise<void> {
  await run(place.work, ['ip', 'netns', 'del', namespace]);
}

/** Every namespace of this lab, also those that a killed process left. */
export async function namespacesOf(place: Place): Promise<string[]> {
  try {
    return (await readdir(NAMESPACES)).filter((name) => name.startsWith(place.prefix));
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return [];
    throw error;
  }
}

export function namespaceFile(namespace: string): string {
  return `${NAMESPACES}/${namespace}`;
}

/** The end of the cable in the hub; the other one is the host's eth0. */
function cableOf(host: string): string {
  return `to-${host}`;
}

async function ip(place: Place, namespace: string, lines: readonly string[]): Promise<void> {
  await run(place.work, ['ip', '-n', namespace, '-batch', '-'], { input: `${lines.join('\n')}\n` });
}
