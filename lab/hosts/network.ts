import { readdir } from 'node:fs/promises';
import { run } from '../machine/command.ts';
import { codeOf } from '../machine/system-error.ts';
import type { Place } from '../place.ts';
import { type HostPlan, HUB_ADDRESS, PREFIX_BITS } from './host-plan.ts';

const NAMESPACES = '/run/netns';
const BRIDGE = 'bridge';
const FILTER = 'partition';

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

/** What the host's own end of the cable does to packets: rules of nft for those that come and those that go. */
export interface Filter {
  readonly input: string;
  readonly output: string;
}

/** Null: everything passes. */
export async function setFilter(place: Place, host: string, filter: Filter | null): Promise<void> {
  // To be deleted it must be there: naming it once more makes it so.
  const clear = `table inet ${FILTER}\ndelete table inet ${FILTER}\n`;
  const chain = (hook: keyof Filter, rule: string): string =>
    `chain ${hook} { type filter hook ${hook} priority 0; iifname "lo" accept; oifname "lo" accept; ${rule}; }`;
  const made =
    filter === null
      ? ''
      : `table inet ${FILTER} {\n${chain('input', filter.input)}\n${chain('output', filter.output)}\n}\n`;
  const nft = ['ip', 'netns', 'exec', place.nameOf(host), 'nft', '-f', '-'];
  await run(place.work, nft, { input: `${clear}${made}` });
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
