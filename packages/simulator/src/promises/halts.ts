import type { CampaignState } from '@patchsteward/core/campaign';
import type { Instant } from '@patchsteward/core/vocabulary';
import type { HostSim } from '../host/host-sim.ts';
import type { World } from '../world/world.ts';

/** A campaign that was stopped, and hosts that were told so at their next check-in. // rollout L5 */
export class Halts {
  readonly #world: World;
  #since: Instant | null = null;
  /** By machine: of which stop it has heard. */
  readonly #told = new Map<string, Instant>();

  constructor(world: World) {
    this.#world = world;
  }

  hear(to: CampaignState['name']): void {
    const stands = to === 'paused' || to === 'halted';
    if (!stands) this.#since = null;
    else this.#since ??= this.#world.scheduler.now;
  }

  /** A host that asked after the stop has its answer. */
  onHeard({ name }: HostSim, askedAt: Instant): void {
    if (this.#since !== null && this.#since < askedAt) this.#told.set(name, this.#since);
  }

  onDeparture({ name }: HostSim): void {
    const isTold = this.#since !== null && this.#told.get(name) === this.#since;
    if (isTold) this.#world.promises.fail('L5', `${name} departs although it has heard of the stop`);
  }
}
