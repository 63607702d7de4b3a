export { parseDebianOsv } from './parse.ts';
