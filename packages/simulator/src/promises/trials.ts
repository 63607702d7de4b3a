import type { CampaignEvent, CampaignState } from '@patchsteward/core/campaign';
import type { SignedBy, TrialResult } from '@patchsteward/core/vocabulary';
import type { World } from '../world/world.ts';

/** Where a campaign is only after its test. */
const PAST_TEST: ReadonlySet<string> = new Set([
  ...['tested', 'backed-up', 'planned', 'approved', 'scheduled', 'deploying', 'monitoring'],
]);

/** What the test said, and who went on without a pass. // rollout S15 */
export class Trials {
  readonly #world: World;
  #result: TrialResult | null = null;
  #isAccepted = false;

  constructor(world: World) {
    this.#world = world;
  }

  hear(to: CampaignState['name'], event: CampaignEvent): void {
    if (event.kind === 'test.verdict') {
      this.#result = event.result;
      this.#isAccepted = false;
    }
    if (event.kind === 'test.accepted') {
      this.#isAccepted = this.#result === 'inconclusive' && isByItAndOwner(event.signed);
    }
    if (!PAST_TEST.has(to) || this.#result === 'pass' || this.#isAccepted) return;
    this.#world.promises.fail('S15', `${to} after a test that was ${this.#result}`);
  }
}

/** Two people: one of IT, and an owner. */
function isByItAndOwner(signed: readonly SignedBy[]): boolean {
  return signed.some(
    (one) =>
      one.roles.includes('it') && signed.some((other) => other.person !== one.person && other.roles.includes('owner')),
  );
}
