/** Decisions drawn from one number, the same ones each time. */
export interface Dice {
  /** From [0, 1). */
  next(): number;
  /** 0 to n - 1. */
  below(n: number): number;
  /** `low` to `high`, both among them. */
  between(low: number, high: number): number;
  chance(share: number): boolean;
  one<T>(items: readonly [T, ...T[]]): T;
  /** undefined where there is nothing to choose from. */
  any<T>(items: readonly T[]): T | undefined;
}

/** sfc32: small, fast, and without the short cycles of smaller ones; a run draws some ten thousand times. */
export function diceOf(seed: number): Dice {
  let a = 0x9e3779b9 ^ seed;
  let b = 0x243f6a88 ^ Math.floor(seed / 4_294_967_296);
  let c = 0xb7e15162;
  let counter = 1;
  const next = (): number => {
    const sum = (a + b + counter) | 0;
    counter = (counter + 1) | 0;
    a = b ^ (b >>> 9);
    b = (c + (c << 3)) | 0;
    c = (((c << 21) | (c >>> 11)) + sum) | 0;
    return (sum >>> 0) / 4_294_967_296;
  };
  // Neighboring seeds differ in few bits: it takes some rounds until all of them matter.
  for (let round = 0; round < WARM_UP; round += 1) next();
  const below = (n: number): number => Math.floor(next() * n);
  return {
    next,
    below,
    between: (low, high) => low + below(high - low + 1),
    chance: (share) => next() < share,
    one: (items) => items[below(items.length)] ?? items[0],
    any: (items) => items[below(items.length)],
  };
}

const WARM_UP = 15;
