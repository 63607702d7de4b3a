import type { Instant } from '@patchsteward/core/vocabulary';

interface Due {
  readonly at: Instant;
  /** Of two at one time the one that was made first. */
  readonly order: number;
  readonly act: () => void;
}

/** What is to happen, the soonest first. */
export class EventHeap {
  readonly #items: Due[] = [];
  #made = 0;

  get size(): number {
    return this.#items.length;
  }

  /** When the soonest is due; later than everything where there is none. */
  get soonest(): Instant {
    return this.#items[0]?.at ?? Number.POSITIVE_INFINITY;
  }

  push(at: Instant, act: () => void): void {
    this.#made += 1;
    const items = this.#items;
    const due = { at, order: this.#made, act };
    let place = items.length;
    while (place > 0) {
      const parent = (place - 1) >> 1;
      const above = items[parent];
      if (above === undefined || !isBefore(due, above)) break;
      items[place] = above;
      place = parent;
    }
    items[place] = due;
  }

  pop(): Due | undefined {
    const first = this.#items[0];
    const last = this.#items.pop();
    if (first === undefined || last === undefined || this.#items.length === 0) return first;
    this.#sink(last);
    return first;
  }

  #sink(due: Due): void {
    const items = this.#items;
    let place = 0;
    for (;;) {
      const left = 2 * place + 1;
      const right = left + 1;
      const [one, other] = [items[left], items[right]];
      const child = one !== undefined && other !== undefined && isBefore(other, one) ? right : left;
      const below = items[child];
      if (below === undefined || !isBefore(below, due)) break;
      items[place] = below;
      place = child;
    }
    items[place] = due;
  }
}

function isBefore(one: Due, other: Due): boolean {
  return one.at < other.at || (one.at === other.at && one.order < other.order);
}
