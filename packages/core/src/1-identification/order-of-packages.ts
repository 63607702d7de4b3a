import { ALL_VERSION_ORDERS, ecosystemNamed, VERSION_ORDERS, type VersionOrder } from '../versions/index.ts';
import type { PackageEcosystem } from '../vocabulary/index.ts';
import { packageTypeOf } from './distribution.ts';
import { PRODUCT_SCOPE } from './product-key.ts';

/** The order of versions of a purl type; null where none is known. */
export function orderOfPackages(type: string): VersionOrder | null {
  // What is no package, such as the firmware of an appliance, has whatever versions its vendor writes.
  const ecosystem = type === PRODUCT_SCOPE ? 'loose' : ecosystemNamed(type);
  return ecosystem === null ? null : ALL_VERSION_ORDERS[ecosystem];
}

/** The order of the versions of which claims of a scope speak: of a release, a registry, or products. */
export function orderOfScope(scope: string): VersionOrder | null {
  return orderOfPackages(packageTypeOf(scope) ?? scope);
}

/**
 * The order in which the package manager of a set compares what is installed with what it offers. Lists of components
 * have no package manager, and nothing is offered against them.
 */
export function orderOfSet(ecosystem: PackageEcosystem): VersionOrder {
  return ecosystem === 'components' ? ALL_VERSION_ORDERS.loose : VERSION_ORDERS[ecosystem];
}
