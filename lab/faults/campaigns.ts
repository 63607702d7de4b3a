import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { found } from '../e2e/found.ts';
import { Dice } from '../e2e/kills/dice.ts';
import { type Arms, Killer } from '../e2e/kills/killer.ts';
import type { Tally } from '../e2e/kills/proof.ts';
import { round } from '../e2e/kills/round.ts';
import { makeSlowVersions } from '../e2e/kills/slow-versions.ts';
import { Transcript } from '../e2e/transcript.ts';
import { World } from '../e2e/world.ts';
import { counted, type FaultCounts, type FaultWish } from './figures.ts';

/** A campaign of four hosts lasts two minutes: more blows than this do not fit into it. */
const OF_ALL_KINDS_PER_ROUND_MAX = 90;
/** Each is built beforehand; so many rounds take an hour. */
const ROUNDS_MAX = 30;

/** Whole campaigns of four real hosts, one after the other, with something that strikes them while they are at it. */
export function strikeCampaigns<K extends string>(
  arms: Arms<K>,
  furnish: (world: World) => Promise<void> = () => Promise.resolve(),
) {
  return async ({ count, seed, say, signal }: FaultWish): Promise<FaultCounts> => {
    const output = await mkdtemp(join(tmpdir(), 'patchsteward-faults-'));
    const folder = `/var/tmp/pslab-faults-${process.pid}`;
    const world = await World.open({ folder, output, transcript: new Transcript(say), say, signal });
    let held = false;
    try {
      await found(world);
      await furnish(world);
      const ofEach = Math.ceil(count / arms.kinds.length);
      const killer = new Killer(world, arms, ofEach, new Dice(seed));
      const { tallies, faults } = await rounds(world, killer, arms.kinds.length, { count, say, signal });
      held = faults.length === 0;
      if (!held) say(`logs: ${output}`);
      return countsOf(killer.deaths, tallies, faults);
    } finally {
      await world.close();
      if (held) await rm(output, { recursive: true, force: true });
    }
  };
}

const HASTE = '[Unit]\nStartLimitIntervalSec=0\n[Service]\nRestartSec=300ms\n';

/** systemd waits ten seconds before it starts an agentd anew that ended: most kills would find nobody. */
export async function hastenAgents({ lab }: World): Promise<void> {
  for (const host of lab.hosts) {
    await host.writeFile('/etc/systemd/system/patchsteward-agent.service.d/haste.conf', HASTE);
    await host.run(['systemctl', 'daemon-reload']);
  }
}

/** The first round in which a check does not hold is the last: what comes after it would say nothing. */
async function rounds<K extends string>(
  world: World,
  killer: Killer<K>,
  kinds: number,
  { count, say, signal }: Pick<FaultWish, 'count' | 'say' | 'signal'>,
): Promise<{ tallies: Tally[]; faults: string[] }> {
  const perRound = Math.ceil(OF_ALL_KINDS_PER_ROUND_MAX / kinds);
  const wanted = Math.min(ROUNDS_MAX, 2 + 4 * Math.ceil(count / OF_ALL_KINDS_PER_ROUND_MAX));
  const tallies: Tally[] = [];
  // Whoever ends it does not want to wait for the campaign that is under way.
  const endedEarly = new Promise<never>((_, reject) => {
    signal.addEventListener('abort', () => reject(signal.reason));
  });
  endedEarly.catch(() => {});
  try {
    const versions = await world.transcript.step('faults', 'a vendor makes versions that are slow to install', () =>
      makeSlowVersions(world, wanted),
    );
    for (const version of versions) {
      if (killer.satisfied || signal.aborted) break;
      tallies.push(await Promise.race([round(world, version, killer, perRound), endedEarly]));
      say(`${killer.deaths.length} of ${count} in ${tallies.length} campaigns`);
    }
    return { tallies, faults: [] };
  } catch (error) {
    const what = error instanceof Error ? error.message : String(error);
    const explanation = (await world.explanation()) ?? 'no campaign was under way';
    return { tallies, faults: [what, explanation] };
  }
}

function countsOf<K extends string>(
  deaths: readonly { readonly kind: K }[],
  tallies: readonly Tally[],
  faults: readonly string[],
): FaultCounts {
  const done = tallies.reduce((sum, { workOrders }) => sum + workOrders, 0);
  return {
    struck: counted(deaths.map(({ kind }) => kind)),
    late: 0,
    // Of a campaign that broke off nothing is known but that it is no proof.
    ...{ runs: done, converged: done, falseSuccesses: 0, lost: 0, doubled: 0 },
    faults,
  };
}
