export { parseSupportList } from './parse.ts';
