import { setTimeout as sleep } from 'node:timers/promises';
import type { LabHost } from '../../hosts/lab-host.ts';
import type { World } from '../world.ts';
import type { Dice } from './dice.ts';
import type { Blow, Death } from './victims.ts';

const LOOK_MS = 150;

/** What there is to strike with. */
export interface Arms<K extends string> {
  readonly kinds: readonly K[];
  /** Between two of a kind. */
  readonly pauseMs: Readonly<Record<K, readonly [least: number, most: number]>>;
  /** Of the server, and of whatever is on these hosts. */
  readonly blows: (world: World, hosts: readonly LabHost[]) => Readonly<Record<K, Blow>>;
}

/** So many of each kind are still to come, over all rounds. */
export type Budget<K extends string> = Record<K, number>;

export class Killer<K extends string> {
  readonly deaths: Death<K>[] = [];
  readonly left: Budget<K>;
  readonly #arms: Arms<K>;
  readonly #world: World;
  readonly #dice: Readonly<Record<K, Dice>>;

  constructor(world: World, arms: Arms<K>, ofEach: number, dice: Dice) {
    this.#world = world;
    this.#arms = arms;
    this.left = this.#each(() => ofEach);
    this.#dice = this.#each((kind) => dice.child(kind));
  }

  get satisfied(): boolean {
    return this.#arms.kinds.every((kind) => this.left[kind] === 0);
  }

  /** A round may have so many of each kind of those that are left; no kind is left out while any of it is. */
  allowance(ofEachMax: number, share: number): Budget<K> {
    return this.#each((kind) => Math.ceil(Math.min(ofEachMax, this.left[kind]) * share));
  }

  #each<T>(of: (kind: K) => T): Record<K, T> {
    // Every kind is there, each once.
    return Object.fromEntries(this.#arms.kinds.map((kind) => [kind, of(kind)])) as Record<K, T>;
  }

  /**
   * Kills at moments of its own choice while something goes on upon these hosts, and gives what came of it.
   * When it returns nobody is held down any more.
   */
  async during<T>(hosts: readonly string[], most: Budget<K>, work: () => Promise<T>): Promise<T> {
    const end = new AbortController();
    const blowOf = this.#arms.blows(
      this.#world,
      hosts.map((name) => this.#world.lab.host(name)),
    );
    const killers = this.#arms.kinds.map((kind) => this.#killing(kind, most[kind], blowOf[kind], end.signal));
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

  async #killing(kind: K, count: number, blow: Blow, end: AbortSignal): Promise<void> {
    const dice = this.#dice[kind];
    const [least, most] = this.#arms.pauseMs[kind];
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
      this.#world.transcript.see(`${kind}: ${who}`);
    }
  }
}
