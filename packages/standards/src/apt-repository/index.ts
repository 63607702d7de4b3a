export { originIds, packageIndexes } from './layout.ts';
export type { ListedPackage } from './packages.ts';
export { PackagesReader } from './packages.ts';
export type { Release } from './release.ts';
export { parseRelease } from './release.ts';
export { IndexFault } from './release-fault.ts';
export { timelyFault } from './timely.ts';
