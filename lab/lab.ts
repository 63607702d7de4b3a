import { Acme } from './acme/acme.ts';
import { takeDown } from './down.ts';
import { checkPlans, HOSTS_DEFAULT, type HostPlan, hostPlans } from './hosts/host-plan.ts';
import { LabHost } from './hosts/lab-host.ts';
import { Hub } from './hub/hub.ts';
import { LabError } from './lab-error.ts';
import { DEFAULT_FOLDER, Place } from './place.ts';
import { Repository } from './repository/repository.ts';
import { readState } from './state.ts';
import { makeHost, setUp } from './up.ts';

export interface LabOptions {
  readonly folder?: string;
  /** How many, or exactly which. */
  readonly hosts?: number | readonly HostPlan[];
  /** Ends the set-up early, and takes down what it made. */
  readonly signal?: AbortSignal;
  /** Hears what takes long. */
  readonly say?: (line: string) => void;
}

/** A lab that is up: real hosts, the network between them, and the repositories that they install from. */
export interface Lab {
  readonly folder: string;
  readonly hosts: readonly LabHost[];
  readonly hub: Hub;
  readonly repository: Repository;
  readonly acme: Acme;
  host(name: string): LabHost;
  addHost(plan: HostPlan): Promise<LabHost>;
  /** Ends everything and leaves nothing. */
  down(): Promise<void>;
}

/** Sets a lab up, or gives the one that is up in this folder. What a crash left half made is made anew. */
export async function openLab(options: LabOptions = {}): Promise<Lab> {
  const { folder = DEFAULT_FOLDER, hosts = HOSTS_DEFAULT, say = () => {} } = options;
  const signal = options.signal ?? new AbortController().signal;
  const plans = typeof hosts === 'number' ? hostPlans(hosts) : hosts;
  checkPlans(plans);
  const place = await Place.of(folder);
  await setUp(place, plans, say, signal);
  const state = await readState(place);
  return labAt(place, state?.hosts ?? plans, say);
}

function labAt(place: Place, plans: readonly HostPlan[], say: (line: string) => void): Lab {
  const hosts = plans.map((plan) => new LabHost(place, plan));
  return {
    folder: place.folder,
    hosts,
    hub: new Hub(place),
    repository: new Repository(place),
    acme: new Acme(place),
    host: (name) => {
      const found = hosts.find((host) => host.name === name);
      if (found !== undefined) return found;
      throw new LabError(`there is no host ${name}`, `there are ${hosts.map((host) => host.name).join(', ')}`);
    },
    addHost: async (plan) => {
      const host = await makeHost(place, plan, say);
      hosts.push(host);
      return host;
    },
    down: () => takeDown(place),
  };
}
