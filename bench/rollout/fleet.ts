import { type DemoHostFacts, TEAMS } from '../../demo/story/fleet.ts';
import { type StoryUpdate, UPDATES } from '../../demo/story/updates.ts';
import { BenchError } from '../bench-error.ts';

/** The fleet that the promise is about; the contract allows no more assets in one campaign. */
const HOSTS = 10_000;
const RING = 4;

/** `--only 600`: a smaller fleet, for a look in between. */
export function hostsOf(only: readonly string[]): number {
  const [asked] = only;
  if (asked === undefined) return HOSTS;
  const hosts = Number(asked);
  if (Number.isInteger(hosts) && hosts > RING && hosts <= HOSTS) return hosts;
  throw new BenchError(`"${asked}" is no number of hosts`, `give one from ${RING + 1} to ${HOSTS}`);
}

/** What all of them are patched with: a fix of a vulnerability that is exploited. */
export function updateOfFleet(): StoryUpdate {
  const found = UPDATES.find(({ source }) => source === 'nginx');
  if (found === undefined) throw new TypeError('the invented vendor publishes nginx');
  return found;
}

/** One team that is as large as wanted: the same work, the same packages, a small test ring. */
export function fleetOf(hosts: number): readonly DemoHostFacts[] {
  const { role } = updateOfFleet();
  const team = TEAMS.find((one) => one.role === role);
  if (team === undefined) throw new TypeError(`nobody is of the team ${role}`);
  return Array.from({ length: hosts }, (_, at) => ({
    ...{ name: `${role}-${at + 1}`, team: { ...team, hosts, ring: RING }, ring: at < RING },
    ...{ redundancyGroups: [], silent: false, rebootNeeded: false },
  }));
}
