export { parseOsv } from './any.ts';
export type { Advisories } from './parse.ts';
