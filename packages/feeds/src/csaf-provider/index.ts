export type { ListedDocument } from './listing.ts';
export { parseChanges, parseHashFile, parseIndex, parseRolie } from './listing.ts';
export type { CsafProvider } from './metadata.ts';
export { parseProviderMetadata } from './metadata.ts';
