import { setTimeout as sleep } from 'node:timers/promises';
import type { World } from '../world.ts';
import type { Dice } from './dice.ts';
import { type Blow, blows, type Death, KINDS, type Kind } from './victims.ts';

/**
 * Between two of a kind: some strike while the former one is still being got over, some after it, and enough are left
 * for the time in which packages change, which apt alone waits for.
 */
const PAUSE_MS: Readonly<Record<Kind, readonly [number, number]>> = {
  server: [1_000, 14_000],
  agentd: [1_000, 18_000],
  runner: [1_000, 18_000],
  apt: [200, 1_500],
};
const LOOK_MS = 150;

/** So many of each kind are still to be killed, over all rounds. */
export type Budget = Record<Kind, number>;

export class Killer {
  readonly deaths: Death[] = [];
  readonly left: Budget;
  readonly #world: World;
  readonly #dice: Readonly<Record<Kind, Dice>>;

  constructor(world: World, ofEach: number, dice: Dice) {
    this.#world = world;
    this.left = { server: ofEach, agentd: ofEach, runner: ofEach, apt: ofEach };
    this.#dice = { server: dice.child('s'), agentd: dice.child('a'), runner: dice.child('r'), apt: dice.child('p') };
  }

  get satisfied(): boolean {
    return KINDS.every((kind) => this.left[kind] === 0);
  }

  /** A round may have so many of each kind of those that are left; no kind is left out while any of it is. */
  allowance(ofEachMax: number, share: number): Budget {
    const of = (kind: Kind): number => Math.ceil(Math.min(ofEachMax, this.left[kind]) * share);
    return { server: of('server'), agentd: of('agentd'), runner: of('runner'), apt: of('apt') };
  }

  /**
   * Kills at moments of its own choice while something goes on upon these hosts, and gives what came of it.
   * When it returns nobody is held down any more.
   */
  async during<T>(hosts: readonly string[], most: Budget, work: () => Promise<T>): Promise<T> {
    const end = new AbortController();
    const blowOf = blows(
      this.#world,
      hosts.map((name) => this.#world.lab.host(name)),
    );
    const killers = KINDS.map((kind) => this.#killing(kind, most[kind], blowOf[kind], end.signal));
    const killing = Promise.all(killers).finally(() => end.abort());
    // A killer that fails ends the work at once: nobody would start the server again.
    const failed = new Promise<never>((_, reject) => {
      killing.catch(reject);
    });
    try {
      return await Promise.race([work(), failed]);
    } finally {
      end.abort();
      await killing;
    }
  }

  async #killing(kind: Kind, count: number, blow: Blow, end: AbortSignal): Promise<void> {
    const dice = this.#dice[kind];
    const [least, most] = PAUSE_MS[kind];
    for (let done = 0; done < count && !end.aborted; ) {
      await sleep(dice.between(least, most));
      if (end.aborted) return;
      const who = await blow(dice);
      if (who === null) {
        await sleep(LOOK_MS);
        continue;
      }
      done += 1;
      this.left[kind] -= 1;
      this.deaths.push({ kind, at: new Date().toISOString(), who });
      this.#world.transcript.see(`kill -9: ${who}`);
    }
  }
}
