import { setTimeout as pause } from 'node:timers/promises';
import type { Prober } from '../house/prober.ts';
import { inTurns } from '../house/turns.ts';
import type { Host } from './host.ts';

/** Every host is heard of about once a minute, one after the other, so that a hundred never speak at once. */
const ROUND_MS = 60_000;
/** A host with work to do asks more often, so that somebody who looks sees it move. */
const BUSY_MS = 4_000;
const HANDS = 6;
/** After a failure: the server may be on its way down. */
const TROUBLE_MS = 2_000;

interface LiveParts {
  readonly hosts: readonly Host[];
  readonly prober: Prober;
  readonly said: (line: string) => void;
}

/** After the story: hosts go on reporting and doing what people sign, at the pace of the machine's own clock. */
export class Live {
  readonly #parts: LiveParts;
  readonly #stop = new AbortController();
  #running: Promise<void> = Promise.resolve();

  constructor(parts: LiveParts) {
    this.#parts = parts;
  }

  /** One report of every host that still speaks. */
  async everybody(): Promise<void> {
    const speaking = this.#parts.hosts.filter(({ facts }) => !facts.silent);
    await inTurns(speaking, HANDS, (host) => host.round({ works: false }));
  }

  start(): void {
    this.#running = Promise.all([this.#rounds(), this.#busy()]).then(() => undefined);
  }

  stop = async (): Promise<void> => {
    this.#stop.abort();
    await this.#running;
  };

  async #rounds(): Promise<void> {
    const speaking = this.#parts.hosts.filter(({ facts }) => !facts.silent);
    while (!this.#stop.signal.aborted) {
      for (const host of speaking) {
        if (!(await this.#wait(ROUND_MS / speaking.length))) return;
        if (!host.busy) await this.#round(host);
      }
      await this.#guarded('the prober', () => this.#parts.prober.keepUp());
    }
  }

  async #busy(): Promise<void> {
    while (await this.#wait(BUSY_MS)) {
      for (const host of this.#parts.hosts) if (host.busy && !host.facts.silent) await this.#round(host);
    }
  }

  #round(host: Host): Promise<void> {
    return this.#guarded(host.facts.name, async () => {
      await host.round({ inSteps: true });
    });
  }

  /** A simulated host that stumbles must not take the demo down; what it stumbled over is said. */
  async #guarded(name: string, act: () => Promise<void>): Promise<void> {
    try {
      await act();
    } catch (error) {
      if (this.#stop.signal.aborted) return;
      this.#parts.said(`${name}: ${error instanceof Error ? error.message : String(error)}`);
      await this.#wait(TROUBLE_MS);
    }
  }

  /** false: it is over. */
  async #wait(ms: number): Promise<boolean> {
    const { signal } = this.#stop;
    try {
      await pause(ms, undefined, { signal });
      return true;
    } catch (error) {
      if (signal.aborted) return false;
      throw error;
    }
  }
}
