export { parseUpdateinfo } from './parse.ts';
