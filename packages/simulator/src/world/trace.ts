import type { Instant } from '@patchsteward/core/vocabulary';

export interface Told {
  readonly at: Instant;
  readonly what: string;
  readonly who: string;
  readonly detail: string;
}

const PRIME = 0x0100_0193;

/** What happened, as a number for everybody and as a story for whoever asked for it. */
export class Trace {
  readonly story: Told[] = [];
  readonly counts = new Map<string, number>();
  readonly #keep: boolean;
  #high = 0x811c_9dc5;
  #low = 0x0d1b_2a35;

  constructor(keep: boolean) {
    this.#keep = keep;
  }

  tell(at: Instant, what: string, who: string, detail = ''): void {
    this.#mix(at % 4_294_967_296);
    this.#mixText(what);
    this.#mixText(who);
    this.#mixText(detail);
    if (this.#keep) this.story.push({ at, what, who, detail });
  }

  count(what: string): void {
    this.counts.set(what, (this.counts.get(what) ?? 0) + 1);
  }

  /** The same seed gives the same one, on every machine. */
  get digest(): string {
    return hex(this.#high) + hex(this.#low);
  }

  #mixText(text: string): void {
    for (let place = 0; place < text.length; place += 1) this.#mix(text.charCodeAt(place));
    this.#mix(text.length);
  }

  /** FNV-1a twice, the second over what the first became. */
  #mix(value: number): void {
    this.#high = Math.imul(this.#high ^ value, PRIME);
    this.#low = Math.imul(this.#low ^ (this.#high >>> 7) ^ value, PRIME);
  }
}

function hex(number: number): string {
  return (number >>> 0).toString(16).padStart(8, '0');
}
