import { secondsOf, type Transcript } from './transcript.ts';

/** What became of a run; `failure` null: every check held. */
export interface Summary {
  readonly held: boolean;
  readonly tookMs: number;
  readonly checks: number;
  readonly failure: { readonly what: string; readonly explanation: string | null } | null;
  readonly output: string;
}

/** What a person reads at the end. */
export function summaryText({ steps }: Transcript, { held, tookMs, checks, failure, output }: Summary): string {
  const widest = Math.max(0, ...steps.map(({ title }) => title.length));
  const lines = steps.map(
    ({ number, title, tookMs: took, room }) =>
      `${String(number).padStart(3)}  ${title.padEnd(widest)}  ${secondsOf(took).padStart(8)}  ${room}`,
  );
  const story = [...signers(steps)];
  const ending = held
    ? [`Every check held: ${checks}, in ${secondsOf(tookMs)}.`]
    : [`It broke off after ${secondsOf(tookMs)}: ${failure?.what ?? ''}`];
  const why = failure?.explanation == null ? [] : ['What the campaign says of it:', `  ${failure.explanation}`];
  const where = `Transcript, logs and what was exported: ${output}`;
  return ['', ...lines, '', ...story, '', ...ending, ...why, where, ''].join('\n');
}

/** Everybody who did something, with the key that they signed with. */
function signers(steps: Transcript['steps']): Set<string> {
  const acts = steps.flatMap(({ lines }) => lines.filter((line) => line.kind === 'act'));
  const people = new Map(acts.map(({ who }) => [who.login, who]));
  return new Set(
    [...people.values()]
      .filter(({ key }) => key !== null)
      .map(({ login, name, roles, key }) => `  ${login.padEnd(8)} ${name}, ${roles.join(', ')}: key ${key}`),
  );
}
