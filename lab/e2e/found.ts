import { describeAssets, enrollHosts, installAgents } from './founding/hosts.ts';
import { nameOrigins } from './founding/origins.ts';
import { foundPeople } from './founding/people.ts';
import type { World } from './world.ts';

/** People, keys, trust, origins, agents, and what each host is: what an organization sets up once. */
export async function found(world: World): Promise<void> {
  // Goes on while people are at their own; whether it went well is seen where it is waited for.
  const installed = installAgents(world);
  installed.catch(() => {});
  await foundPeople(world);
  await nameOrigins(world);
  await enrollHosts(world, installed);
  await describeAssets(world);
}
