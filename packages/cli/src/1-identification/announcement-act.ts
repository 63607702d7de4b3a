import { confirm } from '../platform/confirm.ts';
import type { Context } from '../platform/context.ts';
import { EXIT, type ExitCode } from '../platform/exit-code.ts';
import { Failure } from '../platform/failure.ts';
import type { Invocation } from '../platform/perform.ts';
import { withServer } from '../platform/server-client.ts';
import { plainText } from '../platform/text.ts';
import { counted, distinct } from '../platform/words.ts';
import type { AnnouncementWhyOptions } from './announcement.ts';

export async function dismiss(
  { options, operands }: Invocation<AnnouncementWhyOptions>,
  context: Context,
): Promise<ExitCode> {
  const why = reasonGiven(options.why);
  const outcome = await withServer(options, context, async (client) => {
    const read: { id: string; revision: number }[] = [];
    for (const id of distinct(operands)) {
      const { revision, title } = await client('announcement.show', { params: { id } });
      read.push({ id, revision });
      if (options.json !== true) await context.output.write(`${plainText(`${id}: ${title}`)}\n`);
    }
    await confirm(`Dismiss ${counted(read.length, 'announcement')}?`, options.yes === true, context);
    return client('announcement.dismiss', { body: { announcements: read, why } });
  });
  if (options.json === true) await context.output.json(outcome);
  else await context.output.write(`Dismissed: ${counted(outcome.dismissed, 'announcement')}.\n`);
  return EXIT.done;
}

export async function undo(
  { options, operands }: Invocation<AnnouncementWhyOptions>,
  context: Context,
): Promise<ExitCode> {
  const [id = ''] = operands;
  const why = reasonGiven(options.why);
  const announcement = await withServer(options, context, async (client) => {
    const { title, triage } = await client('announcement.show', { params: { id } });
    const ends = triage?.kind === 'claim' ? ' What was claimed of it ends.' : '';
    await confirm(plainText(`${id}: ${title}.${ends} It waits again.`), options.yes === true, context);
    return client('announcement.undo', { params: { id }, body: { why } });
  });
  if (options.json === true) await context.output.json(announcement);
  else await context.output.write(`${plainText(id)} waits again.\n`);
  return EXIT.done;
}

function reasonGiven(why: string): string {
  if (why.trim() !== '') return why.trim();
  throw new Failure('--why is empty', 'say why; it stands in the record', { exitCode: EXIT.usage });
}
