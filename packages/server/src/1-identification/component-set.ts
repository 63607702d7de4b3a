import { type Component, PRODUCT_SCOPE, productKey } from '@patchsteward/core/1-identification';
import type { InstalledPackage, PackageSet } from '@patchsteward/core/vocabulary';

/** What a list says that an asset is. */
export interface ListedProduct {
  readonly vendor: string | null;
  readonly product: string | null;
  readonly productVersion: string | null;
  readonly build: string | null;
}

/** Names of packages are printable ASCII in every ecosystem; what is none cannot be what a claim speaks of. */
const PACKAGE_NAME = /^[\x21-\x7e]{1,255}$/;

/** Components as the section `packages` holds them, each once, in its order. */
export function componentSet(prettyName: string, components: readonly Component[]): PackageSet {
  const packages = new Map<string, InstalledPackage>();
  for (const component of components) {
    const installed = installedOf(component);
    if (installed !== null) packages.set(JSON.stringify(installed), installed);
  }
  return {
    ecosystem: 'components',
    // It has no release of its own: each component says whose it is.
    release: { id: 'components', versionId: null, codename: null, prettyName },
    packages: [...packages.values()].sort(byName),
    publishers: [],
  };
}

function installedOf(component: Component): InstalledPackage | null {
  const { name, type, module, release, owner } = component;
  const version = component.version ?? '';
  const source = component.source ?? { name, version };
  if (!PACKAGE_NAME.test(name) || !PACKAGE_NAME.test(source.name)) return null;
  return {
    ...{ name, version, architecture: component.architecture ?? '', type },
    ...{ source: source.name, sourceVersion: source.version, state: 'installed', hold: false, origins: null },
    ...(module === null ? {} : { module }),
    ...(release === null ? {} : { scope: release }),
    ...(owner === null ? {} : { owner }),
  };
}

function byName(one: InstalledPackage, other: InstalledPackage): number {
  return (
    compare(one.name, other.name) ||
    compare(one.architecture, other.architecture) ||
    compare(one.version, other.version) ||
    compare(JSON.stringify(one), JSON.stringify(other))
  );
}

function compare(one: string, other: string): number {
  if (one === other) return 0;
  return one < other ? -1 : 1;
}

/** The product that a list names, as claims on products call it; null where it names none. // CSAF 2.0 §3.2.2 */
export function productComponent({ vendor, product, productVersion, build }: ListedProduct): Component | null {
  if (product === null) return null;
  const name = productKey(vendor ?? '', product);
  if (name === '') return null;
  return {
    ...{ type: PRODUCT_SCOPE, name, version: productVersion ?? build },
    ...{ architecture: null, source: null, release: null, module: null, owner: null },
  };
}

/** What lists of assets show in place of a release. */
export function componentsName({ vendor, product, productVersion }: ListedProduct, bills: readonly string[]): string {
  const said = [vendor, product, productVersion].filter((word) => word !== null).join(' ');
  return [...(said === '' ? [] : [said]), ...bills].join(', ');
}
