import { type Instant, MINUTE_MS } from '@patchsteward/core/vocabulary';
import type { World } from '../world/world.ts';

/** // rollout L2 */
const TOLD_MS_MAX = 15 * MINUTE_MS;

/** Of a host that may be down and is not heard of the campaign says so, and who can answer for it. // rollout L2 */
export class Silences {
  readonly #world: World;

  constructor(world: World) {
    this.#world = world;
  }

  onSilent(job: string): void {
    const { scheduler, faults } = this.#world;
    // While servers die nobody says anything in time.
    if (!faults.healed) return;
    const since = scheduler.now;
    scheduler.after(TOLD_MS_MAX, () => this.#check(job, since));
  }

  #check(job: string, since: Instant): void {
    const { database, campaign, members, promises } = this.#world;
    const known = database.tables.jobs.get(job);
    if (known === undefined || known.state.unknownSince !== since) return;
    if (campaign?.name !== 'deploying' || campaign.plan?.hash !== known.plan) return;
    const host = members.find(({ scoped }) => scoped.assetId === known.assetId)?.scoped.name ?? '';
    const verdict = campaign.verdicts['6-deployment'];
    const reasons = verdict?.kind === 'wait' ? verdict.waitingOn : [];
    const isNamed = reasons.some(({ subject, clearableBy }) => subject === host && clearableBy.length > 0);
    if (!isNamed) promises.fail('L2', `${host} is not heard of, and the campaign does not say so`);
  }
}
