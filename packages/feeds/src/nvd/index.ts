export { parseNvd } from './parse.ts';
