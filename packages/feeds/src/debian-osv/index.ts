export type { DebianOsv } from './parse.ts';
export { parseDebianOsv } from './parse.ts';
