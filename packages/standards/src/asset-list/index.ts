export type { ListColumn, ListField } from './columns.ts';
export { readAssetList } from './read.ts';
