import type { Inbox, InboxItem } from '@patchsteward/contract';
import type { Context } from '../platform/context.ts';
import { EXIT, type ExitCode } from '../platform/exit-code.ts';
import { itemsMaxOf, readPages, SHOWN_OF_FLEET } from '../platform/pages.ts';
import type { Invocation } from '../platform/perform.ts';
import { noteCut } from '../platform/present-list.ts';
import { withServer } from '../platform/server-client.ts';
import { plainText } from '../platform/text.ts';
import { dueText } from '../platform/time-text.ts';
import { counted, numberText } from '../platform/words.ts';
import type { InboxOptions } from './inbox.ts';

const KINDS = {
  'assess-risk': 'Assess the risk of the change',
  'release-files': 'Release files from quarantine, or leave them there',
  'sign-test': 'Let the test ring be changed',
  'accept-test': 'Accept a test that proved nothing, or test again',
  'cover-backups': 'Make backups, or go without',
  'request-change': 'Ask for the change',
  'agree-window': 'Agree to the maintenance window',
  approve: 'Approve or refuse the plan',
  resume: 'Go on, or roll back',
  'request-rollback-plan': 'Ask for the way back',
  'approve-rollback': 'Approve the way back',
  audit: 'Sign the audit',
  'agree-exception': 'Agree to an exception, or refuse it',
} as const satisfies Record<InboxItem['kind'], string>;

export async function presentInbox({ options }: Invocation<InboxOptions>, context: Context): Promise<ExitCode> {
  const inbox = await withServer(options, context, (client) =>
    readPages(
      (query) => client('inbox.list', { query }),
      itemsMaxOf(options, SHOWN_OF_FLEET),
      (read) => context.progress.show('reading what waits', read),
    ),
  );
  if (options.json === true) await context.output.json(inbox);
  else {
    await context.output.write(inboxText(inbox, options.others === true, Date.now()));
    noteCut(inbox, context);
  }
  return inbox.items.some(({ late }) => late) ? EXIT.findings : EXIT.done;
}

function inboxText(inbox: Inbox, others: boolean, now: number): string {
  const { items, notYours, notYoursTotal } = inbox;
  const own = items.length === 0 ? ['Nothing waits for you.'] : items.map((item) => ownText(item, now));
  if (notYoursTotal === 0) return `${own.join('\n\n')}\n`;
  if (!others) {
    const more = `${counted(notYoursTotal, 'decision')} ${notYoursTotal === 1 ? 'waits' : 'wait'} for others; --others shows them.`;
    return `${[...own, more].join('\n\n')}\n`;
  }
  const theirs = notYours.map((item) => `${headText(item, now)}\n  ${plainText(item.barred?.sentence ?? '')}`);
  const cut = notYoursTotal > notYours.length ? [`and ${numberText(notYoursTotal - notYours.length)} more`] : [];
  return `${[...own, 'Waits for others:', ...theirs, ...cut].join('\n\n')}\n`;
}

function ownText(item: InboxItem, now: number): string {
  const { waiting, as, command, campaign, exception } = item;
  const look = campaign === null ? `exception show ${exception}` : `campaign explain ${campaign}`;
  return [
    headText(item, now),
    `  ${plainText(waiting.sentence)}`,
    `  You can decide it as ${as.join(' or ')}.`,
    `  ${plainText(command ?? `patchsteward ${look}`)}`,
  ].join('\n');
}

function headText({ kind, title, lane, by, late, hosts, hostNames }: InboxItem, now: number): string {
  const when = by === null ? 'no term' : dueText({ due: by, late }, now);
  const more = hosts > hostNames.length ? ` and ${numberText(hosts - hostNames.length)} more` : '';
  return [
    `${KINDS[kind]}: ${plainText(title)}`,
    `  ${[when, ...(lane === null ? [] : [`lane ${lane}`]), `${plainText(hostNames.join(', '))}${more}`].join(' · ')}`,
  ].join('\n');
}
