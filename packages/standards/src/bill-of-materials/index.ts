export { isCycloneDx, readCycloneDx } from './cyclonedx.ts';
export type { PackageList, RefusedEntry } from './package-list.ts';
export { ENTRIES_MAX } from './package-list.ts';
export { isSpdx, readSpdx } from './spdx.ts';
