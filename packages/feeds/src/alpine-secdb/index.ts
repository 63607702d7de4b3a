export { parseAlpineSecdb } from './parse.ts';
