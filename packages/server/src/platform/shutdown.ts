import { setTimeout as pause } from 'node:timers/promises';
import type { Log } from './log.ts';
import { messageOf } from './system-error.ts';

type Step = () => Promise<void>;

/** Longer than any request may take to finish. What is stuck for longer ends with the process. */
const STEP_MS_MAX = 30_000;

/** What has been opened, closed in the opposite order, each whatever became of the others. */
export class Closers {
  readonly #steps: { readonly name: string; readonly close: Step }[] = [];
  readonly #stepMsMax: number;

  constructor(stepMsMax: number = STEP_MS_MAX) {
    this.#stepMsMax = stepMsMax;
  }

  add(name: string, close: Step): void {
    this.#steps.push({ name, close });
  }

  async close(log: Log): Promise<void> {
    for (let step = this.#steps.pop(); step !== undefined; step = this.#steps.pop()) {
      try {
        await this.#within(step.close());
      } catch (error) {
        log.error({ err: error }, `closing ${step.name} failed: ${messageOf(error)}`);
      }
    }
  }

  async #within(closing: Promise<void>): Promise<void> {
    const inTime = new AbortController();
    const late = pause(this.#stepMsMax, undefined, { signal: inTime.signal }).then(() => {
      throw new Error(`it took longer than ${this.#stepMsMax} ms`);
    });
    try {
      await Promise.race([closing, late]);
    } finally {
      inTime.abort();
      await late.catch(() => undefined);
    }
  }
}
