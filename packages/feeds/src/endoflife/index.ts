export { isLifecycleText, parseLifecycles } from './parse.ts';
