import type { Instant } from '@patchsteward/core/vocabulary';
import { EventHeap } from './event-heap.ts';

/** Something that somebody waits for; it is resolved once. */
export interface Parked<T> {
  readonly promise: Promise<T>;
  readonly resume: (value: T) => void;
  readonly fail: (error: unknown) => void;
}

/**
 * Owns time. Whatever waits parks here, and only one event goes on at once: until everybody has parked again nothing
 * else happens, so that one seed is one story.
 */
export class Scheduler {
  now: Instant;
  events = 0;
  readonly #heap = new EventHeap();
  /** Continuations that have not parked or ended yet. */
  #busy = 0;
  /** Goes on with the events. */
  #play: () => void = () => undefined;
  #failure: Error | null = null;

  constructor(start: Instant) {
    this.now = start;
  }

  at(when: Instant, act: () => void): void {
    this.#heap.push(Math.max(when, this.now), act);
  }

  after(ms: number, act: () => void): void {
    this.at(this.now + ms, act);
  }

  /** The one who calls stops here until it is resumed; never, where its process dies meanwhile. */
  park<T>(): Parked<T> {
    this.#rest();
    const { promise, resolve, reject } = Promise.withResolvers<T>();
    return {
      promise,
      resume: (value) => {
        this.#busy += 1;
        resolve(value);
      },
      fail: (error) => {
        this.#busy += 1;
        reject(error instanceof Error ? error : new Error(String(error)));
      },
    };
  }

  /** Begins something that goes on beside everything else. */
  begin(work: () => Promise<void>): void {
    this.#busy += 1;
    work().then(
      () => this.#rest(),
      (error: unknown) => {
        this.#rest();
        this.#failure ??=
          error instanceof Error ? error : new Error('an activity threw what is no error', { cause: error });
      },
    );
  }

  /** Until nothing is left, the horizon is reached, or `done` says so. Throws what escaped from an activity: a bug. */
  async run(horizon: Instant, done: () => boolean): Promise<void> {
    // Everything in here goes on in microtasks: where Node comes to anything else, somebody waits for the real world.
    const watch = setImmediate(() => {
      this.#failure ??= new Error('an activity waits for something that is not of the simulated world');
      this.#onSettled();
    });
    try {
      await new Promise<void>((resolve, reject) => {
        this.#play = () => {
          try {
            if (this.#isOver(horizon, done)) resolve();
          } catch (error) {
            reject(error instanceof Error ? error : new Error('an event threw what is no error', { cause: error }));
          }
        };
        this.#onSettled();
      });
    } finally {
      clearImmediate(watch);
    }
  }

  /** Event after event for as long as nobody goes on; false: somebody does, and it is called again when they have. */
  #isOver(horizon: Instant, done: () => boolean): boolean {
    for (;;) {
      if (this.#failure !== null) throw this.#failure;
      if (this.#busy > 0) return false;
      if (done()) return true;
      const due = this.#heap.soonest > horizon ? undefined : this.#heap.pop();
      if (due === undefined) return true;
      this.now = due.at;
      this.events += 1;
      due.act();
    }
  }

  /** Not before whoever rests has come to rest: they still run when they say so. */
  #onSettled(): void {
    void NOW.then(this.#play);
  }

  #rest(): void {
    this.#busy -= 1;
    if (this.#busy === 0) this.#onSettled();
  }
}

const NOW = Promise.resolve();
