export type { ProviderFileKind, ProviderList } from './files.ts';
export { isCsafDocument, isProviderList, missingDocuments, providerFileKind, providerJsonKind } from './files.ts';
export type { ListedDocument } from './listing.ts';
export { parseChanges, parseHashFile, parseIndex, parseRolie } from './listing.ts';
export type { CsafProvider } from './metadata.ts';
export { parseProviderMetadata } from './metadata.ts';
