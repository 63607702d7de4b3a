import { packageKey } from './package-key.ts';
import type { Lifecycle, SupportPhase } from './platform-support.ts';
import { productKey } from './product-key.ts';

/** A release of a product that its maker supports for a time of its own. // endoflife.date: release cycle */
export interface ProductCycle {
  /** `9.6`, `2012-r2` */
  readonly name: string;
  /** Other names that people call it by: `2019`, `Sonoma`. */
  readonly labels: readonly string[];
  /** The newest version of it; null: the source names none. */
  readonly latest: string | null;
  /** When its phases end; a phase without an announced end is not there. */
  readonly ends: Readonly<Partial<Record<SupportPhase, number>>>;
}

/** A product as a source of ends of support knows it. */
export interface SupportedProduct {
  /** `windows-server` */
  readonly name: string;
  /** What the scopes of its releases begin with: `product:windows-server`, or `debian` where hosts run it as well. */
  readonly scope: string;
  /** `Microsoft Windows Server` */
  readonly title: string;
  /** What its CPEs name, by `productKey`. */
  readonly cpes: readonly string[];
  /** Its packages by `componentKey`; those of distributions are left out, as their distribution supports them. */
  readonly components: readonly string[];
  /** A device's releases are its models: no version of what runs on it names one. */
  readonly isDevice: boolean;
  readonly cycles: readonly ProductCycle[];
}

/** What a list says that an asset is. */
export interface NamedProduct {
  readonly vendor: string | null;
  readonly product: string | null;
  readonly version: string | null;
  readonly build: string | null;
}

/** Under which the ends of a release are kept: `product:windows-server:2019`. */
export function cycleScope({ scope }: Pick<SupportedProduct, 'scope'>, { name }: Pick<ProductCycle, 'name'>): string {
  return `${scope}:${name}`;
}

/** Whether a scope is that of a release of a product. No release of a host has such a one. */
export function isProductScope(scope: string): boolean {
  return scope.startsWith('product:');
}

/** `npm left-pad`, `maven org.example:thing`: the name of a package of a registry, as bills of materials name it. */
export function componentKey(type: string, name: string): string {
  return `${type} ${packageKey(type, name)}`;
}

/** The names under which assets may call a product. */
export function productNames({ title, cpes }: Pick<SupportedProduct, 'title' | 'cpes'>): string[] {
  return [...new Set([slugOf(title), ...cpes.map(slugOf)])];
}

/** The ends of its releases as they are kept; those of a platform are kept by themselves. */
export function lifecyclesOfProduct(product: SupportedProduct): Lifecycle[] {
  if (!isProductScope(product.scope)) return [];
  return product.cycles.flatMap((cycle) =>
    PHASES.flatMap((phase) => {
      const ends = cycle.ends[phase];
      return ends === undefined ? [] : [{ scope: cycleScope(product, cycle), phase, ends }];
    }),
  );
}

const PHASES: readonly SupportPhase[] = ['regular', 'lts', 'extended'];

/** As `productKey` writes a name. */
export function slugOf(name: string): string {
  return productKey('', name).slice(1);
}
