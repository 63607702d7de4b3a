export { parseDebianTracker } from './parse.ts';
