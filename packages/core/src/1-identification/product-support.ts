import { vendorOf } from './product-key.ts';
import {
  cycleScope,
  type NamedProduct,
  type ProductCycle,
  productNames,
  type SupportedProduct,
  slugOf,
} from './supported-product.ts';
import { windowsCycles } from './windows-cycle.ts';

/** A long name: nothing that anybody sells has more words. */
const WORDS_MAX = 16;

/** All names that a product of a list may begin with, the longest first: what `productNames` are looked up by. */
export function namesAsked(named: NamedProduct): string[] {
  const names = textsOf(named).flatMap((text) => {
    const words = text.split('-').slice(0, WORDS_MAX);
    return words.map((_, at) => words.slice(0, words.length - at).join('-'));
  });
  return [...new Set(names)].sort((one, other) => other.length - one.length || (one < other ? -1 : 1));
}

/**
 * The release that a product of a list is; null where it is not certain. The name must be the product's own, its vendor
 * may not be another one, and what is said of its version must name one release, or several that end on the same days.
 * // endoflife.date identifiers
 */
export function supportScopeOf(named: NamedProduct, products: readonly SupportedProduct[]): string | null {
  const found = named.product === null ? null : productOf(named, products);
  if (found === null) return null;
  const { product, rest } = found;
  const cycles = windowsCycles(product, rest, named) ?? cyclesOf(product, rest, named);
  const cycle = certainOf(cycles);
  return cycle === null ? null : cycleScope(product, cycle);
}

/** The release that a package of a registry is; null where it is not certain. */
export function componentCycleOf(version: string | null, products: readonly SupportedProduct[]): ProductCycle | null {
  const [product, ...more] = products;
  if (product === undefined || more.length > 0 || version === null) return null;
  // Go writes `v1.2.3` and `go1.2.3`.
  return certainOf(cyclesOfVersion(product, version.replace(/^go(?=\d)/, '')));
}

interface Found {
  readonly product: SupportedProduct;
  /** What its name says beyond the product: a release, an edition. */
  readonly rest: string;
}

/** The longest name that fits; two products of one name are none. */
function productOf(named: NamedProduct, products: readonly SupportedProduct[]): Found | null {
  for (const name of namesAsked(named)) {
    const fitting = products.filter((product) => productNames(product).includes(name) && isVendorOf(named, product));
    const [product, ...more] = fitting;
    if (product === undefined) continue;
    if (more.length > 0) return null;
    const text = textsOf(named).find((one) => one === name || one.startsWith(`${name}-`)) ?? name;
    return { product, rest: text.slice(name.length + 1) };
  }
  return null;
}

/** With its vendor before it, with the vendor's first word (`Microsoft Corporation`), and as it is. */
function textsOf({ vendor, product }: NamedProduct): string[] {
  const [maker, made] = [slugOf(vendor ?? ''), slugOf(product ?? '')];
  if (made === '') return [];
  const first = maker.split('-')[0] ?? '';
  // Everybody writes Windows without its vendor.
  const before = maker === '' && made.startsWith('windows-') ? ['microsoft'] : [maker, first];
  return [...before.filter((word) => word !== '').map((word) => `${word}-${made}`), made];
}

/** A name alone may be another vendor's, where its list says so. */
function isVendorOf({ vendor }: NamedProduct, { title, cpes }: SupportedProduct): boolean {
  const maker = slugOf(vendor ?? '');
  if (maker === '') return true;
  const first = maker.split('-')[0] ?? '';
  const makers = [...cpes.map(vendorOf), slugOf(title).split('-')[0] ?? ''];
  return makers.some((one) => one === maker || one === first || one.startsWith(`${maker}-`));
}

function cyclesOf(product: SupportedProduct, rest: string, { version, build }: NamedProduct): readonly ProductCycle[] {
  const named = rest === '' ? null : cyclesNamed(product, rest);
  // What follows the name and is no release of it makes it another product.
  if (named?.length === 0) return [];
  const said = version ?? build;
  const told = said === null ? [] : cyclesOfVersion(product, said);
  if (named === null) return told;
  return told.length === 0 ? named : named.filter((cycle) => told.includes(cycle));
}

/** By name; `2016` may as well be any service pack of it. */
function cyclesNamed({ cycles }: SupportedProduct, name: string): readonly ProductCycle[] {
  const isNamed = (own: string) => own === name || own.startsWith(`${name}-`);
  const namesOf = (cycle: ProductCycle) => [cycle.name, ...cycle.labels].map(slugOf);
  const exact = cycles.filter((cycle) => namesOf(cycle).includes(name));
  return exact.length === 0 ? [] : cycles.filter((cycle) => namesOf(cycle).some(isNamed));
}

function cyclesOfVersion(product: SupportedProduct, version: string): readonly ProductCycle[] {
  const named = cyclesNamed(product, slugOf(version));
  if (named.length > 0) return named;
  const numbers = numbersOf(version);
  if (product.isDevice || numbers === null) return [];
  const fitting = product.cycles.filter((cycle) => isBegunBy(numbers, numbersOfCycle(cycle)));
  const longest = Math.max(0, ...fitting.map((cycle) => numbersOfCycle(cycle)?.length ?? 0));
  const closest = fitting.filter((cycle) => numbersOfCycle(cycle)?.length === longest);
  return closest.every(isNumberedByVersion) ? closest : [];
}

/** Whether its versions begin with its name: the newest does, or the name has two numbers and nothing speaks against it. */
function isNumberedByVersion(cycle: ProductCycle): boolean {
  const { latest } = cycle;
  const own = numbersOfCycle(cycle);
  if (own === null) return false;
  const newest = latest === null ? null : numbersOf(latest);
  return newest === null ? latest === null && own.length > 1 : isBegunBy(newest, own);
}

/** `17.3.4a` → 17, 3, 4; null: it begins with no number. */
function numbersOf(version: string): readonly string[] | null {
  const digits = /^v?(\d{1,9}(?:\.\d{1,9})*)/i.exec(version.trim())?.[1];
  return digits === undefined ? null : digits.split('.').map((one) => one.replace(/^0+(?=\d)/, ''));
}

/** `13.0-sp1` → 13, 0; null: its name is no number (`23h2-ac`). */
function numbersOfCycle({ name }: ProductCycle): readonly string[] | null {
  return /^\d+(?:\.\d+)*(?:-|$)/.test(name) ? numbersOf(name) : null;
}

function isBegunBy(numbers: readonly string[], beginning: readonly string[] | null): boolean {
  return beginning?.every((one, at) => numbers[at] === one) === true;
}

/** The only one, or the first of several that end alike: then it makes no difference which it is. */
function certainOf(cycles: readonly ProductCycle[]): ProductCycle | null {
  const [first, ...others] = cycles;
  if (first === undefined) return null;
  const endsOf = ({ ends }: ProductCycle) => JSON.stringify([ends.regular, ends.lts, ends.extended]);
  return others.every((one) => endsOf(one) === endsOf(first)) ? first : null;
}
