export { planPhrase } from './plan-phrase.ts';
