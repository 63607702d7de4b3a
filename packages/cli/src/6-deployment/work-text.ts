import type { ManualWork } from '@patchsteward/contract';
import { plainText } from '../platform/text.ts';
import { momentText } from '../platform/time-text.ts';
import { shortJob } from './work-named.ts';

const WANTS = { none: '', note: ', wants a note', file: ', wants a file' };

/** How far it is, in a few words. */
export function stateText({ state, underWay, unknownSince, items }: ManualWork): string {
  if (unknownSince !== null) return 'silent, counts as down';
  const done = items.filter(({ doneAt }) => doneAt !== null).length;
  if (underWay) return `under way, ${done} of ${items.length}`;
  if (state === 'succeeded') return 'reported done';
  if (state === 'failed') return 'reported failed';
  return state === 'canceled' || state === 'expired' ? state : 'not taken';
}

/** The checklist with what was filed. */
export function workText(work: ManualWork): string {
  const { asset, product, from, to, person, title, job, intervals, items, missing } = work;
  const lines = [
    `${plainText(asset)}: ${plainText(product)} ${plainText(from)} -> ${plainText(to)}, by ${plainText(person)}`,
    `  ${stateText(work)}; ${plainText(title)}; job ${shortJob(job)}`,
    ...intervals.map((span) => `  may begin ${momentText(span.from)} to ${momentText(span.until)}`),
    ...items.flatMap(({ step, text, evidence, doneAt, note, files }, index) => [
      `  ${doneAt === null ? '[ ]' : '[x]'} ${index + 1} ${step}: ${plainText(text)}${WANTS[evidence]}`,
      ...(note === null ? [] : [`        ${plainText(note)}`]),
      ...files.map(({ name, hash }) => `        ${plainText(name)}  ${hash}`),
    ]),
    ...(work.underWay && missing.length === 0
      ? [`  Everything is filed: patchsteward work done ${shortJob(job)}`]
      : []),
  ];
  return lines.map((line) => `${line}\n`).join('');
}
