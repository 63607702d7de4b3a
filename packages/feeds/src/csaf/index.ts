export { parseCsaf } from './parse.ts';
