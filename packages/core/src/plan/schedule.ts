import type { Instant } from '../vocabulary/index.ts';
import type { PlanAsset, PlanFacts } from './facts.ts';
import { type Interval, within, without } from './interval.ts';
import { earliestStart, expectedOf, longEnough, neededMs, startsOf } from './starts.ts';

/** An asset with the spans in which it may start: the first is meant, the others are spares. */
interface Booking {
  readonly asset: PlanAsset;
  readonly starts: readonly Interval[];
  readonly neededMs: number;
  /** Of a redundancy group: it takes no more than it needs before its fellows got theirs. */
  readonly isStrict: boolean;
  readonly spans: Interval[];
}

export interface Schedule {
  readonly intervals: ReadonlyMap<string, readonly Interval[]>;
  readonly opensAt: readonly Instant[];
}

/**
 * Spans for every asset, wave after wave: each wave opens when the one before has started and was watched. Members of one
 * redundancy group have spans so far apart that one is done before another may start, whatever a server says. An asset
 * without a span gets none and is not in the answer. // decided 20, rollout-and-trust §2.4
 */
export function scheduleOf(waves: readonly (readonly PlanAsset[])[], facts: PlanFacts): Schedule {
  const book = new Book(waves.flat(), facts);
  const opensAt = bookMains(waves, book, facts);
  bookSpares(book, facts);
  for (const booking of book.bookings) book.extend(booking);
  const booked = book.bookings.filter(({ spans }) => spans.length > 0);
  return { intervals: new Map(booked.map(({ asset, spans }) => [asset.assetId, spans])), opensAt };
}

function bookMains(waves: readonly (readonly PlanAsset[])[], book: Book, facts: PlanFacts): Instant[] {
  const { strictSpanMs, startSpanMinMs } = facts.policy.schedule;
  const opensAt: Instant[] = [];
  let opens = earliestStart(facts);
  for (const wave of waves) {
    let next = opens;
    const firsts: Instant[] = [];
    for (const asset of wave) {
      const booking = book.of(asset);
      const main = firstOf(book.freeOf(booking, opens), booking, { strictSpanMs, startSpanMinMs });
      if (main === undefined) continue;
      booking.spans.push(main);
      firsts.push(main.from);
      next = Math.max(next, main.from + expectedOf(asset, facts) + facts.policy.lanes[facts.lane].waveSoakMs);
    }
    opensAt.push(firsts.reduce((first, from) => Math.min(first, from), Number.POSITIVE_INFINITY));
    opens = next;
  }
  return opensAt;
}

/** One round after the other, so that nobody takes a second spare before everybody had the chance of a first. */
function bookSpares(book: Book, { policy }: PlanFacts): void {
  const { sparesMax, spareSpacingMs, ...spanLimits } = policy.schedule;
  for (let round = 0; round < sparesMax; round += 1) {
    for (const booking of book.bookings) {
      const last = booking.spans.at(-1);
      // Who found no spare in one round finds none in the next.
      if (last === undefined || booking.spans.length !== round + 1) continue;
      const from = Math.max(last.until, last.from + spareSpacingMs);
      const spare = firstOf(book.freeOf(booking, from), booking, spanLimits);
      if (spare !== undefined) booking.spans.push(spare);
    }
  }
}

function firstOf(
  free: readonly Interval[],
  { isStrict }: Booking,
  { strictSpanMs, startSpanMinMs }: { readonly strictSpanMs: number; readonly startSpanMinMs: number },
): Interval | undefined {
  const [first] = longEnough(free, startSpanMinMs);
  if (first === undefined || !isStrict) return first;
  const wanted = Math.max(strictSpanMs, startSpanMinMs);
  return { from: first.from, until: Math.min(first.until, first.from + wanted) };
}

/** Who has which spans, and who must keep away from whom. */
class Book {
  readonly bookings: readonly Booking[];
  readonly #byAsset: ReadonlyMap<string, Booking>;
  readonly #fellows: ReadonlyMap<string, readonly Booking[]>;
  readonly #guardMs: number;

  constructor(assets: readonly PlanAsset[], facts: PlanFacts) {
    const members = Map.groupBy(
      assets.flatMap((asset) => asset.redundancyGroups.map((group) => ({ group, asset }))),
      ({ group }) => group,
    );
    const isStrict = ({ redundancyGroups }: PlanAsset) =>
      redundancyGroups.some((group) => (members.get(group)?.length ?? 0) > 1);
    this.bookings = assets.map((asset) => ({
      asset,
      starts: startsOf(asset, facts).starts,
      neededMs: neededMs(asset, facts),
      isStrict: isStrict(asset),
      spans: [],
    }));
    this.#byAsset = new Map(this.bookings.map((booking) => [booking.asset.assetId, booking]));
    this.#fellows = new Map([...members].map(([group, list]) => [group, list.map(({ asset }) => this.of(asset))]));
    this.#guardMs = facts.policy.schedule.guardMs;
  }

  of({ assetId }: PlanAsset): Booking {
    const booking = this.#byAsset.get(assetId);
    if (booking === undefined) throw new Error(`asset ${assetId} is not in this book`);
    return booking;
  }

  /** The spans from then on in which it may start without meeting a fellow. */
  freeOf(booking: Booking, from: Instant): Interval[] {
    const left = within(booking.starts, { from, until: Number.POSITIVE_INFINITY });
    return booking.isStrict ? without(left, this.#forbidden(booking)) : left;
  }

  /** What nobody took in the end is time to start in. */
  extend(booking: Booking): void {
    if (!booking.isStrict) return;
    for (const [index, span] of booking.spans.entries()) {
      const until = booking.spans[index + 1]?.from ?? Number.POSITIVE_INFINITY;
      const free = this.freeOf(booking, span.from).find(({ from }) => from <= span.from);
      if (free !== undefined) booking.spans[index] = { from: span.from, until: Math.min(free.until, until) };
    }
  }

  #forbidden(booking: Booking): Interval[] {
    const fellows = new Set(booking.asset.redundancyGroups.flatMap((group) => this.#fellows.get(group) ?? []));
    fellows.delete(booking);
    return [...fellows].flatMap((fellow) =>
      fellow.spans.map(({ from, until }) => ({
        from: from - this.#guardMs - booking.neededMs,
        until: until + this.#guardMs + fellow.neededMs,
      })),
    );
  }
}
