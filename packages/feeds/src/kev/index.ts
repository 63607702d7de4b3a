export type { Kev, KnownExploited } from './parse.ts';
export { parseKev } from './parse.ts';
