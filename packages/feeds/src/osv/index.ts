export { parseOsv } from './any.ts';
export type { Advisories } from './parse.ts';
export type { ToWrite } from './written-record.ts';
export { writtenRecords } from './written-record.ts';
