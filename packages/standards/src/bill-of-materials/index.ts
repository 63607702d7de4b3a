export { type Bill, billNotation, readBill } from './bill.ts';
export type { PackageList, RefusedEntry } from './package-list.ts';
export { ENTRIES_MAX } from './package-list.ts';
