import { ALL_VERSION_ORDERS, ecosystemNamed, type VersionOrder } from '../versions/index.ts';

/** The order of versions of a purl type; null where none is known. */
export function orderOfPackages(type: string): VersionOrder | null {
  const ecosystem = ecosystemNamed(type);
  return ecosystem === null ? null : ALL_VERSION_ORDERS[ecosystem];
}
