import type { FleetVersions, PackageMove } from '../packages-seen.ts';
import { movesBetween } from '../packages-seen.ts';
import type { World } from '../world.ts';

/** The update that the story is about, as people came to know it. */
export interface Chosen {
  readonly proposal: string;
  readonly source: string;
  readonly packages: readonly string[];
  readonly from: string;
  readonly to: string;
}

export const RING = ['ring-1'];
export const CRITICAL = ['critical-1', 'critical-2'];
export const PRODUCTION = [...CRITICAL, 'low-1'];

/** What is told from room to room. */
export class Story {
  readonly world: World;
  campaign = '';
  chosen: Chosen = { proposal: 'debian:12/redis', source: 'redis', packages: [], from: '', to: '' };
  #before: FleetVersions;

  private constructor(world: World, before: FleetVersions) {
    this.world = world;
    this.#before = before;
  }

  /** A story that begins now: what the hosts have at this moment is what it starts from. */
  static async begin(world: World): Promise<Story> {
    return new Story(world, await world.versions());
  }

  /** One step, in which only these hosts may come to have what was signed, and nothing else. */
  async step(room: string, title: string, work: () => Promise<void>, mayChange: readonly string[] = []): Promise<void> {
    await this.world.transcript.step(room, title, async () => {
      await work();
      await this.#compare(mayChange);
    });
  }

  /** What the hosts themselves say they have now of the packages of the story. */
  async arePatched(hosts: readonly string[]): Promise<void> {
    const { packages, to } = this.chosen;
    for (const host of hosts) {
      const installed = await this.world.lab.host(host).dpkgVersions();
      const seen = Object.fromEntries(packages.map((name) => [name, installed[name]]));
      this.world.transcript.equal(`${host} has ${to}`, seen, Object.fromEntries(packages.map((name) => [name, to])));
    }
  }

  /** Whatever was done: nothing is installed, changed or gone that nobody signed for. */
  async #compare(mayChange: readonly string[]): Promise<void> {
    const after = await this.world.versions();
    const moves = movesBetween(this.#before, after);
    this.#before = after;
    const unsigned = moves.filter((move) => !mayChange.includes(move.host) || !this.#isWanted(move));
    const changed = [...new Set(moves.map(({ host }) => host))].join(', ');
    const what =
      moves.length === 0 ? 'no package of any host has changed' : `only what was signed changed, on ${changed}`;
    this.world.transcript.equal(`dpkg-query: ${what}`, unsigned, []);
  }

  /** A package that is being unpacked at this moment is not installed to dpkg, neither as the old nor as the new one. */
  #isWanted({ name, from, to }: PackageMove): boolean {
    const { packages, from: old, to: wanted } = this.chosen;
    return packages.includes(name) && (from === old || from === null) && (to === wanted || to === null);
  }
}
