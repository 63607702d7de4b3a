/**
 * Exact decimal fractions. The equations of CVSS 2 and 3 round at each step, and binary fractions fall on the wrong side:
 * 9.0 × 0.95 is 8.55 and rounds to 8.6, in doubles to 8.5.
 */
export interface Decimal {
  /** The value times ten to the power of `places`. */
  readonly units: bigint;
  readonly places: number;
}

/** A constant of a standard, as it is printed there. */
export function decimal(text: string): Decimal {
  const [whole = '', fraction = ''] = text.split('.');
  return { units: BigInt(whole + fraction), places: fraction.length };
}

export const ZERO = decimal('0');
export const ONE = decimal('1');
export const TEN = decimal('10');

export function times(...factors: readonly Decimal[]): Decimal {
  return factors.reduce((a, b) => ({ units: a.units * b.units, places: a.places + b.places }), ONE);
}

export function plus(a: Decimal, b: Decimal): Decimal {
  const places = Math.max(a.places, b.places);
  return { units: unitsAt(a, places) + unitsAt(b, places), places };
}

export function minus(a: Decimal, b: Decimal): Decimal {
  return plus(a, { units: -b.units, places: b.places });
}

export function power(base: Decimal, exponent: number): Decimal {
  return { units: base.units ** BigInt(exponent), places: base.places * exponent };
}

export function least(a: Decimal, b: Decimal): Decimal {
  return minus(a, b).units < 0n ? a : b;
}

export function most(a: Decimal, b: Decimal): Decimal {
  return minus(a, b).units < 0n ? b : a;
}

export function isPositive({ units }: Decimal): boolean {
  return units > 0n;
}

/** The lowest multiple of 0.1 that is not below a value of 0 or more. */
export function roundedUp(value: Decimal): Decimal {
  return atPlaces(value, 1, (rest) => rest > 0n);
}

/** The nearest fraction with so many places to a value of 0 or more; halves go up. */
export function rounded(value: Decimal, places: number): Decimal {
  return atPlaces(value, places, (rest, step) => 2n * rest >= step);
}

function atPlaces(value: Decimal, places: number, isUp: (rest: bigint, step: bigint) => boolean): Decimal {
  if (value.places <= places) return { units: unitsAt(value, places), places };
  const step = 10n ** BigInt(value.places - places);
  return { units: value.units / step + (isUp(value.units % step, step) ? 1n : 0n), places };
}

/** For a score, which has one place: below 2^53 by far. */
export function toNumber({ units, places }: Decimal): number {
  return Number(units) / 10 ** places;
}

function unitsAt({ units, places }: Decimal, wanted: number): bigint {
  return units * 10n ** BigInt(wanted - places);
}
