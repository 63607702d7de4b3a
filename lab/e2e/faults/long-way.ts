import { CRITICAL, RING } from '../story/story.ts';
import type { World } from '../world.ts';
import { proveBackups } from './backups.ts';
import { cutOff } from './cut-off.ts';
import { offerToAll, Patch } from './patch.ts';
import { scenario } from './scenario.ts';
import { changeBytes, changeResolution, isBlocked } from './spoiled-host.ts';

const WATCH = '12s';
const TESTED_MS_MAX = 120_000;
const PLANNED_MS_MAX = 60_000;
const DEPLOYING_MS_MAX = 60_000;
const ARMED_MS_MAX = 30_000;
const ENDED_MS_MAX = 60_000;
const LAST = 'low-1';

/**
 * One good update goes all the way, and meets on it: a critical host that is cut off after its grant, and a last host
 * whose kept files and whose packages change after everybody has signed.
 */
export function longWay(world: World): Promise<void> {
  const moves = [...CRITICAL, LAST, ...RING].map((host) => ({ host, name: 'acme-web', from: '1.0', to: '1.1' }));
  return scenario(world, 'a host is cut off, another changed after the approval', () => walk(world), moves);
}

async function walk(world: World): Promise<void> {
  await offerToAll(world, '1.1');
  // Long enough that the cable is cut while it works.
  for (const host of CRITICAL) await world.as('ian').asks(['health', 'set', world.assetOf(host), '--watch', WATCH]);
  const patch = await Patch.open(world, '1.1');
  await patch.signTest();
  await world.until(patch.campaign, ['tested', 'backed-up', 'planned'], TESTED_MS_MAX);
  await proveBackups(world);
  await world.until(patch.campaign, ['planned'], PLANNED_MS_MAX);
  await patch.approve();
  await world.until(patch.campaign, ['deploying'], DEPLOYING_MS_MAX);
  await patch.job(
    LAST,
    'is armed',
    ARMED_MS_MAX,
    ({ planKind, state }) => planKind === 'production' && state === 'armed',
  );
  await changeBytes(world.lab.host(LAST));
  await changeResolution(world, world.lab.host(LAST));
  await cutOff(patch);
  await isBlocked(patch, LAST);
  await world.until(patch.campaign, ['audited'], ENDED_MS_MAX);
  await world.as('ian').signs(['audit', patch.campaign]);
  await world.as('sam').signs(['audit', patch.campaign]);
  // What was blocked and mended is no exception: every host has the version that was signed.
  await world.until(patch.campaign, ['completed'], ENDED_MS_MAX);
}
