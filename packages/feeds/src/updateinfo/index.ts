export { parseUpdateinfo } from './parse.ts';
export type { ListedUpdateinfo } from './repomd.ts';
export { parseRepomd } from './repomd.ts';
