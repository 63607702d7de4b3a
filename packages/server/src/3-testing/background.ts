import { MINUTE_MS } from '@patchsteward/core/vocabulary';
import type { AtWork } from '../platform/at-work.ts';
import type { Changed, GrantedWish } from '../platform/corridor.ts';
import type { Log } from '../platform/log.ts';

/** Work that this long after its start has not said what comes next died with its server; then it begins again. */
const LOST_AFTER_MS = 40 * MINUTE_MS;

type Work = (signal: AbortSignal) => Promise<unknown>;

/**
 * Work that a wish asks for and that waits for other machines: it runs beside the outbox, since a transaction must not
 * stay open while a file comes over a slow line. The timer set meanwhile brings it back after a crash; the work itself
 * takes it back or moves it when it is done.
 */
export class Background {
  readonly #log: Log;
  readonly #atWork: AtWork;
  readonly #running = new Map<string, { again: boolean; readonly done: Promise<void> }>();
  readonly #stop = new AbortController();

  constructor(log: Log, atWork: AtWork) {
    this.#log = log;
    this.#atWork = atWork;
  }

  /** The wish sets its timer when it commits; the one that follows from the work is to stand after it. */
  grant(kind: string, { key, at }: GrantedWish, work: Work): Changed<void> {
    if (this.#stop.signal.aborted) return { value: undefined };
    const timers = [{ kind, subject: key, due: at + LOST_AFTER_MS }];
    return { value: undefined, timers, begin: () => this.#begin(`${kind} ${key}`, work) };
  }

  #begin(name: string, work: Work): void {
    if (this.#stop.signal.aborted) return;
    const running = this.#running.get(name);
    // What is wished while it runs may be about something that it has read already.
    if (running !== undefined) running.again = true;
    else this.#running.set(name, { again: false, done: this.#run(name, work) });
  }

  async stop(): Promise<void> {
    this.#stop.abort();
    await Promise.all([...this.#running.values()].map(({ done }) => done));
  }

  async #run(name: string, work: Work): Promise<void> {
    const { signal } = this.#stop;
    const done = this.#atWork.begin();
    try {
      do {
        const entry = this.#running.get(name);
        if (entry !== undefined) entry.again = false;
        await work(signal);
      } while (this.#running.get(name)?.again === true);
    } catch (error) {
      if (!signal.aborted) this.#log.error({ err: error, work: name }, 'work in the background failed');
    } finally {
      this.#running.delete(name);
      done();
    }
  }
}
