/** Decisions drawn from one number, the same ones each time: an order of events is a list of numbers. */
export interface Dice {
  /** 0 to n - 1. */
  below(n: number): number;
  chance(share: number): boolean;
  one<T>(items: readonly [T, ...T[]]): T;
  /** undefined where there is nothing to choose from. */
  any<T>(items: readonly T[]): T | undefined;
}

/** mulberry32: small, fast, and good enough to choose with. */
export function diceOf(seed: number): Dice {
  let state = seed >>> 0;
  const next = (): number => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
  const below = (n: number): number => Math.floor(next() * n);
  return {
    below,
    chance: (share) => next() < share,
    one: (items) => items[below(items.length)] ?? items[0],
    any: (items) => items[below(items.length)],
  };
}
