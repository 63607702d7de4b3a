import type { HostPlan } from './hosts/host-plan.ts';
import { LabHost } from './hosts/lab-host.ts';
import { namespacesOf } from './hosts/network.ts';
import { mountsBelow } from './machine/mounts.ts';
import { isAlive } from './machine/process-identity.ts';
import type { Place } from './place.ts';
import { Repository } from './repository/repository.ts';
import { type LabState, readState } from './state.ts';

interface HostStatus extends HostPlan {
  /** In systemd's own words, such as running, starting and degraded; off without a first process. */
  readonly system: string;
  /** Its file system and its network are there, so that it can be started. */
  readonly whole: boolean;
}

export interface LabStatus {
  readonly folder: string;
  /** half-made: whoever set it up was ended; broken: parts of it are gone, as after a reboot of this machine. */
  readonly state: 'down' | 'being-made' | 'half-made' | 'up' | 'broken';
  readonly repositoryServes: boolean;
  readonly hosts: readonly HostStatus[];
  /** What is on this machine of the lab, whatever its state says. */
  readonly processes: number;
  readonly mounts: readonly string[];
  readonly namespaces: readonly string[];
}

/** Asks the kernel and the hosts; a crash may have left anything. */
export async function labStatus(place: Place): Promise<LabStatus> {
  const state = await readState(place);
  const [mounts, namespaces] = [await mountsBelow(place.folder), await namespacesOf(place)];
  const processes = (await place.group.processes()).length;
  const isWhole = ({ name }: HostPlan): boolean =>
    mounts.some((mount) => mount.endsWith(`/hosts/${name}/root`)) && namespaces.includes(place.nameOf(name));
  const hosts = await Promise.all(
    (state?.hosts ?? []).map(async (plan) => ({ ...plan, system: await systemOf(place, plan), whole: isWhole(plan) })),
  );
  const repositoryServes = await new Repository(place).isServing();
  const hasAll = repositoryServes && namespaces.includes(place.hubNamespace) && hosts.every(({ whole }) => whole);
  return {
    folder: place.folder,
    state: await stateInWords(state, hasAll),
    repositoryServes,
    hosts,
    processes,
    mounts,
    namespaces,
  };
}

/** Whether a person should do something: take the lab down, mostly. */
export function needsCare({ state, processes, mounts, namespaces }: LabStatus): boolean {
  if (state === 'up' || state === 'being-made') return false;
  return state !== 'down' || processes + mounts.length + namespaces.length > 0;
}

async function stateInWords(state: LabState | null, hasAll: boolean): Promise<LabStatus['state']> {
  if (state === null) return 'down';
  if (state.maker !== null) return (await isAlive(state.maker)) ? 'being-made' : 'half-made';
  return hasAll ? 'up' : 'broken';
}

async function systemOf(place: Place, plan: HostPlan): Promise<string> {
  return (await new LabHost(place, plan).systemState()) ?? 'off';
}
