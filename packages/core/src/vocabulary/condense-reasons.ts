import { type Reason, reasonOf } from './reason.ts';

/**
 * Each kind of reason once, about the first of its subjects and how many more: three hundred vulnerabilities of unknown
 * severity are one thing to do. The earliest term stands.
 */
export function condenseReasons(reasons: readonly Reason[]): Reason[] {
  return [...Map.groupBy(reasons, ({ code }) => code)].map(([code, alike]) => {
    const subjects = [...new Set(alike.map(({ subject }) => subject))];
    const [first = '', ...others] = subjects;
    const terms = alike.flatMap(({ by }) => (by === undefined ? [] : [by]));
    const subject = others.length === 0 ? first : `${first} and ${others.length} more`;
    return reasonOf(code, subject, terms.length === 0 ? undefined : Math.min(...terms));
  });
}
