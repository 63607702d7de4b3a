import type { SeverityRow } from '@patchsteward/contract';
import type { Context } from '../platform/context.ts';
import { EXIT, type ExitCode } from '../platform/exit-code.ts';
import { itemsMaxOf, readPages, SHOWN_OF_FLEET } from '../platform/pages.ts';
import type { Invocation } from '../platform/perform.ts';
import { presentList } from '../platform/present-list.ts';
import { withServer } from '../platform/server-client.ts';
import type { Column } from '../platform/table.ts';
import { dueText } from '../platform/time-text.ts';
import { numberText } from '../platform/words.ts';
import { tellCounting } from './counting-lines.ts';
import { heldText } from './held-text.ts';
import type { SeverityListOptions } from './severity.ts';

export async function listSeverities(
  { options }: Invocation<SeverityListOptions>,
  context: Context,
): Promise<ExitCode> {
  const { search, source, release } = options;
  const state = stateOf(options);
  const answer = await withServer(options, context, (client) =>
    readPages(
      (query) => client('severity.list', { query: { ...query, state, search, source, release } }),
      itemsMaxOf(options, SHOWN_OF_FLEET),
      (read) => context.progress.show('reading severities', read),
    ),
  );
  const narrowed = search !== undefined || source !== undefined || release !== undefined;
  const empty = narrowed ? 'Nothing has these words.' : EMPTY[state];
  await presentList(answer, { columns: [...columns(Date.now()), ...MORE_COLUMNS[state]], empty }, options, context);
  await tellCounting(answer, options, context);
  // What waits for Security is a discrepancy, as a finding is.
  return state !== 'judged' && answer.total > 0 ? EXIT.findings : EXIT.done;
}

function stateOf({ judged, held }: SeverityListOptions): 'judged' | 'held' | 'unknown' {
  if (judged === true) return 'judged';
  return held === true ? 'held' : 'unknown';
}

const EMPTY = {
  unknown: 'Nothing waits for Security: every vulnerability that was found has a severity, or nothing was found.',
  held: 'Nothing could move down: sources say what counts.',
  judged: 'Security has judged nothing.',
};

function columns(now: number): Column<SeverityRow>[] {
  return [
    { header: 'VULNERABILITY', text: ({ vulnerability }) => vulnerability },
    { header: 'SOURCES', text: ({ sources }) => sources.join(', ') || '-', shrinks: true },
    { header: 'ASSETS', text: ({ assets }) => numberText(assets), align: 'right' },
    { header: 'LANE', text: ({ lane }) => lane ?? '-' },
    { header: 'DUE', text: ({ due, late }) => (due === null ? '-' : dueText({ due, late }, now)) },
    { header: 'EXPLOITED', text: ({ intelligence }) => (intelligence.knownExploited === null ? '-' : 'yes') },
    { header: 'ADVISORY', text: ({ advisory }) => advisory ?? '-' },
  ];
}

const SAID: readonly Column<SeverityRow>[] = [
  { header: 'SAID', text: ({ intelligence: { said } }) => said?.severity ?? '-' },
  { header: 'BY', text: ({ intelligence: { said } }) => said?.by ?? '-', shrinks: true },
  { header: 'SOURCES SAY', text: ({ intelligence: { said } }) => said?.source?.severity ?? '-' },
  { header: 'WHY', text: ({ intelligence: { said } }) => said?.why ?? '-', shrinks: true },
];

const HELD: readonly Column<SeverityRow>[] = [
  { header: 'COUNTS', text: ({ intelligence: { severity } }) => severity },
  {
    header: 'SOURCES SAY',
    text: ({ intelligence: { held } }) => (held === undefined ? '-' : heldText(held)),
    shrinks: true,
  },
];

const MORE_COLUMNS = { unknown: [], held: HELD, judged: SAID };
