export { parseCve } from './parse.ts';
