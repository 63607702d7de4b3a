import type { OrderedPair } from './fixtures.ts';

/** A number from 0 up to, not including, `below`. */
export type Random = (below: number) => number;

/** mulberry32: small, seeded, the same on every machine. */
export function seededRandom(seed: number): Random {
  let state = seed;
  return (below) => {
    state = (state + 0x6d2b79f5) | 0;
    let bits = Math.imul(state ^ (state >>> 15), 1 | state);
    bits = (bits + Math.imul(bits ^ (bits >>> 7), 61 | bits)) ^ bits;
    return ((bits ^ (bits >>> 14)) >>> 0) % below;
  };
}

const INSERTS = ['~', '^', '+', '.', '-', '_', '0', '00', '1', '9', 'a', 'z', 'A', 'rc', '~~', '4294967296'];
const SUFFIXES = ['~rc1', '~', '^git1', '^', '+b1', '+deb12u1', '.0', '.00', '0', '-0', '-1', '.el9', 'a', '~bpo12+1'];
const EPOCHS = ['0:', '00:', '1:', '01:', '2:', '2147483647:'];
const LONG_RUN_DIGITS = 320;

const MUTATIONS: readonly ((version: string, random: Random) => string)[] = [
  (version, random) => insert(version, pick(INSERTS, random), random),
  (version, random) => insert(insert(version, pick(INSERTS, random), random), pick(INSERTS, random), random),
  (version, random) => version + pick(SUFFIXES, random),
  (version, random) => pick(EPOCHS, random) + version.replace(/^[0-9]+:/, ''),
  (version, random) => remove(version, random),
  (version, random) => version.slice(0, 1 + random(version.length)),
  (version) => version.replace(/-[^-]*$/, ''),
  (version, random) => replaceNumber(version, random, (digits) => `0${digits}`),
  (version, random) => replaceNumber(version, random, () => '0'),
  (version, random) => replaceNumber(version, random, (digits) => digits.repeat(LONG_RUN_DIGITS / digits.length)),
];

/**
 * Pairs that are hard to order: neighbors of the sorted list, a version beside its mutation, two mutations of one
 * version, and some that have nothing in common. Only pairs that `isFit` lets through.
 */
export function hardPairs(
  versions: readonly string[],
  count: number,
  random: Random,
  isFit: (version: string) => boolean,
): Pick<OrderedPair, 'a' | 'b'>[] {
  const pairs: Pick<OrderedPair, 'a' | 'b'>[] = [];
  while (pairs.length < count) {
    const at = random(versions.length - 1);
    const a = versions[at] ?? '';
    const pair = pairFor(a, versions[at + 1] ?? '', versions, random);
    if (isFit(pair.a) && isFit(pair.b)) pairs.push(pair);
  }
  return pairs;
}

function pairFor(a: string, next: string, versions: readonly string[], random: Random) {
  switch (random(5)) {
    case 0:
      return { a, b: next };
    case 1:
      return { a: pick(versions, random), b: a };
    case 2:
      return { a: mutate(a, random), b: mutate(a, random) };
    case 3:
      return { a: mutate(mutate(a, random), random), b: mutate(next, random) };
    default:
      return { a, b: mutate(a, random) };
  }
}

function mutate(version: string, random: Random): string {
  return pick(MUTATIONS, random)(version, random);
}

function insert(version: string, piece: string, random: Random): string {
  const at = random(version.length + 1);
  return version.slice(0, at) + piece + version.slice(at);
}

function remove(version: string, random: Random): string {
  const at = random(version.length);
  return version.slice(0, at) + version.slice(at + 1);
}

function replaceNumber(version: string, random: Random, change: (digits: string) => string): string {
  const numbers = [...version.matchAll(/[0-9]+/g)];
  if (numbers.length === 0) return version;
  const { 0: digits, index } = pick(numbers, random);
  return version.slice(0, index) + change(digits) + version.slice(index + digits.length);
}

function pick<T>(from: readonly T[], random: Random): T {
  const chosen = from[random(from.length)];
  if (chosen === undefined) throw new Error('nothing to pick from');
  return chosen;
}
