import type { World } from '../world/world.ts';
import type { Acknowledged } from './promises.ts';

/** As far as a report is looked at here: which one it is says the object. */
export interface Told {
  readonly sequence: number;
}

/** Two machines that speak with one key, seen by what each of them told the servers. // rollout S20 */
export class Forks {
  readonly #world: World;
  /** By asset and number: the report that was taken. */
  readonly #taken = new Map<string, Told>();
  readonly #forked = new Set<string>();

  constructor(world: World) {
    this.#world = world;
  }

  /** A server answered, so that it committed: from here on all of them must know. */
  onTaken(assetId: string, reports: readonly Told[], { acknowledged }: Acknowledged): void {
    for (const report of reports) {
      if (report.sequence > acknowledged) continue;
      const name = `${assetId} ${report.sequence}`;
      const known = this.#taken.get(name);
      if (known === undefined) this.#taken.set(name, report);
      else if (known !== report) this.#forked.add(assetId);
    }
  }

  onGrant(assetId: string): void {
    if (this.#forked.has(assetId)) this.#world.promises.fail('S20', `a grant for ${assetId}, which is two machines`);
  }
}
