import type { Recorded } from '@patchsteward/core/campaign';
import { isTerminal } from '@patchsteward/core/job';
import type { Instant } from '@patchsteward/core/vocabulary';
import type { Broken } from '../promises/promises.ts';
import { ENGINE } from '../world/engine.ts';
import { live } from '../world/play.ts';
import { World } from '../world/world.ts';
import { wavesScene } from './waves-scene.ts';

/** A wave that was opened. */
interface WavePlayed {
  readonly hosts: number;
  /** From its opening to its end, with the time for which it was watched; null: it had none. */
  readonly tookMs: number | null;
}

export interface WavesPlayed {
  readonly seed: number;
  /** `paused`: it stopped by itself; `monitoring`: every wave is through. */
  readonly ended: string;
  /** Hosts that ran the release and were broken by it, whether or not they went back by themselves. */
  readonly brokenHosts: number;
  /** Hosts that have the release at the end, and run. */
  readonly reached: number;
  readonly waves: readonly WavePlayed[];
  readonly promises: readonly Broken[];
}

/** One campaign whose release breaks so many hosts, until it stopped and nobody is at work any more, or is through. */
export async function playWaves(seed: number, badHosts: number): Promise<WavesPlayed> {
  const log = new WaveLog();
  const world = new World({
    ...{ seed, scene: wavesScene(badHosts), engine: ENGINE, faults: [], keepStory: false },
    onCampaign: (recorded) => log.hear(recorded),
  });
  await live(world, () => {
    const name = world.campaign?.name;
    return name === 'monitoring' || (name === 'paused' && !isAnyoneAtWork(world));
  });
  return {
    seed,
    ended: world.campaign?.name ?? 'nothing',
    brokenHosts: [...world.badHosts].filter(({ hadTarget }) => hadTarget).length,
    reached: world.hosts.filter((host) => host.runsTarget && !world.badHosts.has(host)).length,
    waves: log.waves,
    promises: world.promises.broken,
  };
}

/** A host that was allowed to begin before the stop ends what it began. */
function isAnyoneAtWork({ database, hosts }: World): boolean {
  if (hosts.some(({ runner }) => runner.isBusy)) return true;
  return [...database.tables.jobs.values()].some(({ state }) => state.slot !== null && !isTerminal(state.name));
}

/** Which waves were opened and closed, and when. */
class WaveLog {
  readonly #waves: { hosts: number; openedAt: Instant; tookMs: number | null }[] = [];

  get waves(): WavePlayed[] {
    return this.#waves.map(({ hosts, tookMs }) => ({ hosts, tookMs }));
  }

  hear({ event, at }: Recorded): void {
    if (event.kind === 'wave.opened') this.#waves.push({ hosts: event.assets.length, openedAt: at, tookMs: null });
    const last = this.#waves.at(-1);
    if (event.kind === 'wave.closed' && last !== undefined) last.tookMs = at - last.openedAt;
  }
}
