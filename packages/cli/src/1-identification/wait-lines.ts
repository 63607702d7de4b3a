import type { FindingBody, WaitBody } from '@patchsteward/contract';
import { plainText } from '../platform/text.ts';
import { momentText } from '../platform/time-text.ts';
import { counted } from '../platform/words.ts';

const WAITED_FOR: Readonly<Record<WaitBody['kind'], (subject: string) => string>> = {
  answered: () => 'answered for',
  'no-fix': () => 'no fix',
  'awaiting-vendor': () => 'the vendor puts the fix off',
  'fix-not-offered': (fixed) => `no configured origin offers ${fixed}`,
  phased: (offered) => `${offered} is offered in phases`,
  held: (name) => `${name} is held or pinned`,
  'not-running': (users) => `installed, and ${users} runs the code before it`,
  freeze: (title) => `frozen: ${title}`,
  window: (group) => `no window of ${group} is open`,
};

/** What stood and stands in the way of one source version, each time once; its findings mostly wait for the same. */
export function waitLines(group: readonly FindingBody[]): string[] {
  const waits = new Map(group.flatMap(({ waits }) => waits.map((wait) => [waitText(wait), wait] as const)));
  return [...waits.keys()].map((text) => `  waits         ${plainText(text)}`);
}

function waitText({ kind, subject, from, until, stopsClock }: WaitBody): string {
  const since = from === null ? 'since before it was kept' : `from ${momentText(from)}`;
  const to = until === null ? ', open' : ` to ${momentText(until)}`;
  return `${WAITED_FOR[kind](subject)}, ${since}${to} (the clock ${stopsClock ? 'stands still' : 'runs'})`;
}

/** How much later its due time is for times that do not count. */
export function stoppedLines([first]: readonly FindingBody[]): string[] {
  const hours = Math.round((first?.stoppedMs ?? 0) / 3_600_000);
  return hours === 0 ? [] : [`                its clock stood still for ${counted(hours, 'hour')}`];
}
