import { LabError } from '../lab-error.ts';

/** What a host of the lab is to be. The lab gives it name and address; what it is worth is for the server to be told. */
export interface HostPlan {
  readonly name: string;
  readonly address: string;
  readonly environment: 'production' | 'non-production';
  readonly criticality: 'low' | 'normal' | 'high' | 'critical';
  readonly redundancyGroup: string | null;
}

export const HUB_ADDRESS = '10.77.0.1';
export const PREFIX_BITS = 16;
/** A veth pair is named by its host, and the kernel takes 15 characters with the lab's own letter. */
const NAME = /^[a-z][a-z0-9-]{0,11}$/;
const ADDRESS = /^10\.77\.([1-9]|[1-9]\d|1\d\d|2[0-4]\d|25[0-5])\.([1-9]|[1-9]\d|1\d\d|2[0-4]\d|25[0-4])$/;
/** Measured on two cores: fifty hosts need a minute to boot and 1.2 GiB of memory. */
export const HOSTS_MAX = 50;

/** One of each kind that a patch meets: the test ring, a host nobody misses, and two that stand in for each other. */
const FIRST: readonly HostPlan[] = [
  plan('ring-1', '10.77.1.1', 'non-production', 'low', null),
  plan('low-1', '10.77.2.1', 'production', 'low', null),
  plan('critical-1', '10.77.3.1', 'production', 'critical', 'critical-pair'),
  plan('critical-2', '10.77.3.2', 'production', 'critical', 'critical-pair'),
];
export const HOSTS_DEFAULT = FIRST.length;

function plan(
  name: string,
  address: string,
  environment: HostPlan['environment'],
  criticality: HostPlan['criticality'],
  redundancyGroup: string | null,
): HostPlan {
  return { name, address, environment, criticality, redundancyGroup };
}

/** The first so many hosts: the four of the default, then ordinary ones. */
export function hostPlans(count: number): HostPlan[] {
  if (!Number.isInteger(count) || count < 1 || count > HOSTS_MAX) {
    throw new LabError(`a lab cannot have ${count} hosts`, `ask for 1 to ${HOSTS_MAX} with --hosts`, { exitCode: 2 });
  }
  const more = Array.from({ length: Math.max(0, count - FIRST.length) }, (_, index) =>
    plan(`normal-${index + 1}`, `10.77.4.${index + 1}`, 'production', 'normal', null),
  );
  return [...FIRST.slice(0, count), ...more];
}

/** Refuses what the kernel or another host would refuse later, in less clear words. */
export function checkPlans(plans: readonly HostPlan[]): void {
  for (const { name, address } of plans) {
    if (!NAME.test(name) || name === 'hub') throw refused(`a host cannot be named "${name}"`);
    if (!ADDRESS.test(address)) throw refused(`${name} cannot have the address ${address}`);
  }
  const taken = [...plans.map(({ name }) => name), ...plans.map(({ address }) => address)];
  const twice = taken.find((one, index) => taken.indexOf(one) !== index);
  if (twice !== undefined) throw refused(`two hosts cannot both be ${twice}`);
}

function refused(what: string): LabError {
  const advice = 'names are up to 12 lower case letters, digits and dashes; addresses are 10.77.1.1 to 10.77.255.254';
  return new LabError(what, advice, { exitCode: 2 });
}
