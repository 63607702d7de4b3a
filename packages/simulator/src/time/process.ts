import type { Scheduler } from './scheduler.ts';

/** Something that runs and can be killed between any two of its steps: what it waited for never comes. */
export class Process {
  readonly #scheduler: Scheduler;
  #alive = true;
  readonly #atDeath = new Set<() => void>();

  constructor(scheduler: Scheduler) {
    this.#scheduler = scheduler;
  }

  get alive(): boolean {
    return this.#alive;
  }

  kill(): void {
    if (!this.#alive) return;
    this.#alive = false;
    for (const act of this.#atDeath) act();
  }

  /** Gives the way to take it back. */
  whenKilled(act: () => void): () => void {
    this.#atDeath.add(act);
    return () => this.#atDeath.delete(act);
  }

  pause(ms: number): Promise<void> {
    const { promise, resume } = this.#scheduler.park<void>();
    if (this.#alive) {
      this.#scheduler.after(ms, () => {
        if (this.#alive) resume();
      });
    }
    return promise;
  }

  /** Waits for an answer from elsewhere; `ask` is given what it must call with it. */
  wait<T>(ask: (answer: (value: T) => void, fail: (error: unknown) => void) => void): Promise<T> {
    const { promise, resume, fail } = this.#scheduler.park<T>();
    ask(
      (value) => {
        if (this.#alive) resume(value);
      },
      (error) => {
        if (this.#alive) fail(error);
      },
    );
    return promise;
  }
}
