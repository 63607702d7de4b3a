export type { CsafIdentity } from './parse.ts';
export { csafIdentityOf, parseCsaf } from './parse.ts';
