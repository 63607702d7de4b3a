import type { Instant } from '@patchsteward/core/vocabulary';
import { LOOK_MS } from '../../packages/server/src/platform/house-time.ts';

/** While the story is told nobody wants to wait for a loop that sleeps. */
const STORY_LOOK_MS = 25;

/** A clock that starts days ago and is moved forward by the story, until it is the clock of the machine again. */
export class StoryClock {
  #behindMs: number;
  readonly #machine: () => Instant;

  constructor(start: Instant, machine: () => Instant = Date.now) {
    this.#machine = machine;
    this.#behindMs = Math.max(0, machine() - start);
  }

  now = (): Instant => this.#machine() - this.#behindMs;

  lookMs = (): number => (this.#behindMs === 0 ? LOOK_MS : STORY_LOOK_MS);

  /** Never back, and never past the machine's own time. */
  moveTo(instant: Instant): void {
    this.#behindMs = Math.max(0, Math.min(this.#behindMs, this.#machine() - instant));
  }

  /** It is the machine's own time, and cannot be moved any more. */
  get hasArrived(): boolean {
    return this.#behindMs === 0;
  }

  arrive(): void {
    this.#behindMs = 0;
  }
}
