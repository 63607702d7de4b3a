import type { CampaignEvent, CampaignState } from '@patchsteward/core/campaign';
import { type Instant, MINUTE_MS } from '@patchsteward/core/vocabulary';
import type { World } from '../world/world.ts';

/** A server looks at its timers now and then, and may have been away until the world healed. */
const TIMER_MS_MAX = 20 * MINUTE_MS;

/** What is left as it is for a time, and opens again by itself. // rollout S18 L8 */
export class Terms {
  readonly #world: World;
  #until: Instant | null = null;

  constructor(world: World) {
    this.#world = world;
  }

  hear(to: CampaignState['name'], event: CampaignEvent): void {
    const { scheduler, promises } = this.#world;
    const isLeft = to === 'risk-accepted' || to === 'mitigated';
    if (event.kind === 'risk.accepted' || event.kind === 'mitigation.applied') {
      this.#until = event.expiresAt;
      if (event.expiresAt <= scheduler.now) promises.fail('S18', `${to} without an end`);
    }
    if (!isLeft) this.#until = null;
  }

  /** Looked at once the world has healed. */
  check(): void {
    const { scheduler, promises } = this.#world;
    if (this.#until === null || scheduler.now <= this.#until + TIMER_MS_MAX) return;
    promises.fail('L8', `its term ended ${Math.round((scheduler.now - this.#until) / MINUTE_MS)} min ago`);
  }
}
