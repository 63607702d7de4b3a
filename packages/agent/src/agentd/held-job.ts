import type { JobOffer } from '@patchsteward/contract';
import type { Hash } from '@patchsteward/core/vocabulary';
import type { Shelf } from '../platform/shelf.ts';

const NAME = 'job.json';
/** Work orders that came to an end here; the server may still name one whose last report it has not taken. */
const ENDED_MAX = 100;

/** The work order that this host is on, as far as agentd has come with it. The runner's journal knows the rest. */
export interface HeldJob {
  readonly job: Hash;
  readonly offer: JobOffer | null;
  readonly phase: 'offered' | 'fetched' | 'armed' | 'granted' | 'started';
  readonly grant: Grant | null;
  /** Phases that were told to the server, each once. */
  readonly told: readonly string[];
  /** How many phases of the runner's own list were told. */
  readonly trail: number;
}

interface Grant {
  readonly grant: string;
  readonly startByBoottimeMs: number;
  readonly bootId: string;
}

interface Kept {
  readonly held: HeldJob | null;
  readonly ended: readonly Hash[];
}

/** `job.json` of the state directory: after a restart the job is found again. */
export class JobMemory {
  readonly #shelf: Shelf;
  #kept: Kept;

  private constructor(shelf: Shelf, kept: Kept) {
    this.#shelf = shelf;
    this.#kept = kept;
  }

  static async open(shelf: Shelf): Promise<JobMemory> {
    // Written by this class alone, in a folder of our own.
    const kept = (await shelf.read(NAME)) as Kept | null;
    return new JobMemory(shelf, kept ?? { held: null, ended: [] });
  }

  get held(): HeldJob | null {
    return this.#kept.held;
  }

  hasEnded(job: Hash): boolean {
    return this.#kept.ended.includes(job);
  }

  hold(held: HeldJob): Promise<void> {
    return this.#keep({ ...this.#kept, held });
  }

  /** Lets go of a work order that may come again. */
  release(): Promise<void> {
    return this.#keep({ ...this.#kept, held: null });
  }

  end(job: Hash): Promise<void> {
    return this.#keep({ held: null, ended: [...this.#kept.ended, job].slice(-ENDED_MAX) });
  }

  async #keep(kept: Kept): Promise<void> {
    await this.#shelf.write(NAME, kept);
    this.#kept = kept;
  }
}
