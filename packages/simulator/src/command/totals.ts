import type { Played } from '../world/play.ts';

/** What stays of a story when it is over. */
export type Outcome = Pick<Played, 'seed' | 'digest' | 'broken' | 'deployed' | 'hosts' | 'events'> & {
  readonly counts: Readonly<Record<string, number>>;
};

export interface Totals {
  readonly seeds: number;
  readonly deployed: number;
  readonly hosts: number;
  readonly events: number;
  /** How often each state was entered and each fault struck. */
  readonly counts: Readonly<Record<string, number>>;
  /** Over the digests in the order of their seeds, whoever played them. */
  readonly digest: string;
  readonly broken: readonly Outcome[];
}

export function outcomeOf({ seed, digest, broken, deployed, hosts, events, counts }: Played): Outcome {
  return { seed, digest, broken, deployed, hosts, events, counts: Object.fromEntries(counts) };
}

/** Adds up stories as they come, in any order. */
export class Tally {
  readonly #outcomes = new Map<number, string>();
  readonly #counts = new Map<string, number>();
  readonly broken: Outcome[] = [];
  #deployed = 0;
  #hosts = 0;
  #events = 0;

  get seeds(): number {
    return this.#outcomes.size;
  }

  add(outcome: Outcome): void {
    const { seed, digest, deployed, hosts, events, counts, broken } = outcome;
    this.#outcomes.set(seed, digest);
    this.#deployed += deployed ? 1 : 0;
    this.#hosts += hosts;
    this.#events += events;
    for (const [what, count] of Object.entries(counts)) this.#counts.set(what, (this.#counts.get(what) ?? 0) + count);
    if (broken.length > 0) this.broken.push(outcome);
  }

  totals(): Totals {
    const inOrder = [...this.#outcomes].sort(([one], [other]) => one - other).map(([, digest]) => digest);
    return {
      ...{ seeds: this.seeds, deployed: this.#deployed, hosts: this.#hosts, events: this.#events },
      counts: Object.fromEntries([...this.#counts].sort(([one], [other]) => (one < other ? -1 : 1))),
      digest: digestOf(inOrder),
      broken: this.broken.toSorted((one, other) => one.seed - other.seed),
    };
  }
}

const PRIME = 0x0100_0193;

/** FNV-1a over the digests, twice. */
function digestOf(digests: readonly string[]): string {
  let high = 0x811c_9dc5;
  let low = 0x0d1b_2a35;
  for (const digest of digests) {
    for (let place = 0; place < digest.length; place += 1) {
      high = Math.imul(high ^ digest.charCodeAt(place), PRIME);
      low = Math.imul(low ^ (high >>> 5), PRIME);
    }
  }
  return [high, low].map((half) => (half >>> 0).toString(16).padStart(8, '0')).join('');
}
