export type { Epss, EpssScore } from './parse.ts';
export { parseEpss } from './parse.ts';
