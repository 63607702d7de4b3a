import type { DecisionHost } from '@patchsteward/contract';

/** Hosts in whose names, owner or groups every word stands; `wave 2` finds the second wave. */
export function matchingHosts(hosts: readonly DecisionHost[], search: string): readonly DecisionHost[] {
  const words = search
    .toLowerCase()
    .split(/\s+/)
    .filter((word) => word !== '');
  if (words.length === 0) return hosts;
  return hosts.filter((host) => {
    const text = textOf(host);
    return words.every((word) => text.includes(word));
  });
}

function textOf({ name, owner, maintenanceGroup, redundancyGroups, criticality, wave }: DecisionHost): string {
  const parts = [name, owner ?? '', maintenanceGroup ?? '', ...redundancyGroups, criticality, `wave ${wave}`];
  return parts.join(' ').toLowerCase();
}
