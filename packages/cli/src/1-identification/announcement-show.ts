import type { AnnouncementDetail } from '@patchsteward/contract';
import type { Context } from '../platform/context.ts';
import { EXIT, type ExitCode } from '../platform/exit-code.ts';
import type { Invocation } from '../platform/perform.ts';
import { withServer } from '../platform/server-client.ts';
import type { ServerOptions } from '../platform/server-options.ts';
import { plainText } from '../platform/text.ts';
import { momentText } from '../platform/time-text.ts';
import { counted } from '../platform/words.ts';
import { claimText, targetText } from './announcement-claim.ts';

export async function showAnnouncement(
  { options, operands }: Invocation<ServerOptions>,
  context: Context,
): Promise<ExitCode> {
  const [id = ''] = operands;
  const answer = await withServer(options, context, (client) => client('announcement.show', { params: { id } }));
  if (options.json === true) await context.output.json(answer);
  else await context.output.write(linesOf(answer).map(plainLine).join(''));
  return answer.state === 'waiting' ? EXIT.findings : EXIT.done;
}

/** What lines say is made plain; that they stand below others is ours. */
function plainLine(line: string): string {
  return `${/^ */.exec(line)?.[0] ?? ''}${plainText(line.trimStart())}\n`;
}

function linesOf(one: AnnouncementDetail): string[] {
  return [
    `${one.id}: ${one.title}`,
    `  from ${one.vendor}${one.published === null ? '' : `, published ${momentText(one.published)}`}, seen ${momentText(one.firstSeen)}`,
    ...(one.url === null ? [] : [`  ${one.url}`]),
    `  revision ${one.revision} of ${momentText(one.seenAt)}, ${one.sha256}`,
    `  ${standingOf(one)}`,
    '',
    ...(one.difference === null ? one.text.split('\n') : changedLines(one.difference)),
    ...namedLines(one),
    ...suggestionLines(one),
    ...historyLines(one),
  ];
}

function standingOf({ state, changed, triage }: AnnouncementDetail): string {
  if (changed && triage?.kind === 'claim')
    return 'Waits: its vendor changed it. What was claimed before judges meanwhile.';
  if (changed) return 'Waits: its vendor changed it after it was dismissed.';
  if (state === 'waiting') return 'Waits for somebody who reads it.';
  return state === 'claimed' ? 'A claim was made of it.' : 'It was dismissed.';
}

const MARKS = { same: ' ', removed: '-', added: '+' } as const;

function changedLines(difference: NonNullable<AnnouncementDetail['difference']>): string[] {
  return ['What its vendor changed since:', ...difference.map(({ kind, text }) => `  ${MARKS[kind]} ${text}`)];
}

function namedLines({ named }: AnnouncementDetail): string[] {
  return named.length === 0 ? [] : ['', `It names ${named.join(', ')}.`];
}

function suggestionLines({ suggestions }: AnnouncementDetail): string[] {
  if (suggestions.length === 0) return [];
  return [
    '',
    'Its words name what is installed here:',
    ...suggestions.map(
      ({ target, versions, assets }) =>
        `  ${targetText(target)} on ${counted(assets, 'asset')}: ${versions.join(', ')}`,
    ),
  ];
}

const KINDS = { claim: 'claimed', dismissal: 'dismissed', undo: 'taken back' } as const;

function historyLines({ history }: AnnouncementDetail): string[] {
  if (history.length === 0) return [];
  return [
    '',
    'What was made of it:',
    ...history.flatMap(({ kind, by, at, why, claim, revision }) => [
      `  ${momentText(at)} ${KINDS[kind]} by ${by} from revision ${revision}${why === null ? '' : `: ${why}`}`,
      ...(claim === null ? [] : claimText(claim).map((line) => `    ${line}`)),
    ]),
  ];
}
