import { apkOrder } from './apk/index.ts';
import { composerOrder } from './composer/index.ts';
import { debOrder } from './deb/index.ts';
import { gemOrder } from './gem/index.ts';
import { looseOrder } from './loose/index.ts';
import { mavenOrder } from './maven/index.ts';
import { nugetOrder } from './nuget/index.ts';
import { cranOrder, hackageOrder } from './numbers/index.ts';
import { pubOrder } from './pub/index.ts';
import { pypiOrder } from './pypi/index.ts';
import { rpmOrder } from './rpm/index.ts';
import { semverOrder } from './semver/index.ts';
import type { Ecosystem, KeyedVersionOrder, VersionEcosystem, VersionOrder } from './version-order.ts';

export { compareKeys } from './compare-keys.ts';
export { ECOSYSTEM_NAMES, ecosystemNamed } from './names.ts';
export { VERSION_FAULTS } from './version-fault.ts';
export type { Ecosystem, KeyedVersionOrder, VersionEcosystem, VersionOrder } from './version-order.ts';

/** The orders of what hosts report, with keys. */
export const VERSION_ORDERS: Readonly<Record<Ecosystem, KeyedVersionOrder>> = {
  deb: debOrder,
  rpm: rpmOrder,
  apk: apkOrder,
};

/** The key of a version by which a database compares it; null where its order has none. */
export function versionKey(order: VersionOrder, version: string): Uint8Array | null {
  return isKeyed(order) ? order.key(version) : null;
}

function isKeyed(order: VersionOrder): order is KeyedVersionOrder {
  return 'key' in order;
}

/** Every order there is. */
export const ALL_VERSION_ORDERS: Readonly<Record<VersionEcosystem, VersionOrder>> = {
  ...VERSION_ORDERS,
  semver: semverOrder,
  pypi: pypiOrder,
  maven: mavenOrder,
  gem: gemOrder,
  composer: composerOrder,
  nuget: nugetOrder,
  pub: pubOrder,
  cran: cranOrder,
  hackage: hackageOrder,
  loose: looseOrder,
};
