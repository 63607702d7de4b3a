import { debOrder } from './deb/index.ts';
import { rpmOrder } from './rpm/index.ts';
import type { Ecosystem, VersionOrder } from './version-order.ts';

export { compareKeys } from './compare-keys.ts';
export type { Ecosystem, VersionOrder } from './version-order.ts';
export { ECOSYSTEMS } from './version-order.ts';

export const VERSION_ORDERS: Readonly<Record<Ecosystem, VersionOrder>> = {
  deb: debOrder,
  rpm: rpmOrder,
};
