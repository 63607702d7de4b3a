import { movesBetween, type PackageMove } from '../packages-seen.ts';
import type { World } from '../world.ts';

const ROOM = 'faults';

/** One fault; what the hosts themselves say is installed is the same afterwards but for the moves that are meant. */
export function scenario(
  world: World,
  title: string,
  work: () => Promise<void>,
  moves: readonly PackageMove[] = [],
): Promise<void> {
  return world.transcript.step(ROOM, title, async () => {
    const before = await world.versions();
    await work();
    await unchangedSince(world, before, moves);
  });
}

async function unchangedSince(
  world: World,
  before: Awaited<ReturnType<World['versions']>>,
  moves: readonly PackageMove[] = [],
): Promise<void> {
  const seen = movesBetween(before, await world.versions());
  const what = moves.length === 0 ? 'no package of any host has changed' : 'only what was meant has changed';
  world.transcript.equal(`dpkg-query: ${what}`, seen, moves);
}
