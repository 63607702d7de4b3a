import { CALENDAR_BYTES_MAX, type FreezeBody, type FreezeCalendar, type FreezeImported } from '@patchsteward/contract';
import { confirm } from '../platform/confirm.ts';
import type { Context } from '../platform/context.ts';
import { EXIT, type ExitCode } from '../platform/exit-code.ts';
import { Failure } from '../platform/failure.ts';
import type { Invocation } from '../platform/perform.ts';
import { readInput } from '../platform/read-input.ts';
import { withServer } from '../platform/server-client.ts';
import type { ServerOptions } from '../platform/server-options.ts';
import { plainText } from '../platform/text.ts';
import { momentText } from '../platform/time-text.ts';
import { counted, numberText } from '../platform/words.ts';
import type { FreezeImportOptions } from './freeze-options.ts';

/** Lines that are listed; --json has more of them. */
const LINES_TOLD = 20;

/** Reads a calendar, says what it would do to the windows, and does it after a yes. */
export async function importFreezes(
  { options, operands }: Invocation<FreezeImportOptions>,
  context: Context,
): Promise<ExitCode> {
  const text = await textIn(operands[0] ?? '');
  const body = { name: options.name, groups: options.group === undefined ? null : [...options.group], text };
  const answer = await withServer(options, context, async (client) => {
    const seen = await client('freeze.import', { body: { ...body, preview: true } });
    if (options.dryRun === true) return seen;
    for (const line of effectLines(seen)) context.note(line);
    await confirm(`Keep ${counted(seen.calendar.freezes.length, 'freeze')}?`, options.yes === true, context);
    return client('freeze.import', { body: { ...body, preview: false } });
  });
  if (options.json === true) await context.output.json(answer);
  else await context.output.write(importedText(answer, options.dryRun === true));
  return answer.unread.length > 0 ? EXIT.findings : EXIT.done;
}

export async function listFreezes({ options }: Invocation<ServerOptions>, context: Context): Promise<ExitCode> {
  const answer = await withServer(options, context, (client) => client('freeze.list', {}));
  if (options.json === true) await context.output.json(answer);
  else await context.output.write(answer.items.length === 0 ? EMPTY : answer.items.map(calendarText).join('\n'));
  return EXIT.done;
}

export async function undoFreezes(
  { options, operands }: Invocation<ServerOptions>,
  context: Context,
): Promise<ExitCode> {
  const answer = await withServer(options, context, (client) =>
    client('freeze.undo', { params: { id: operands[0] ?? '' } }),
  );
  if (options.json === true) await context.output.json(answer);
  else {
    const { name, restored } = answer;
    const now =
      restored === null
        ? 'Nothing holds under that name now.'
        : `What held before holds again:\n${calendarText(restored)}`;
    await context.output.write(`The freezes of ${plainText(name)} are taken back. ${now}\n`);
  }
  return EXIT.done;
}

const EMPTY = 'No freezes. Take those of a calendar: patchsteward group freeze import freezes.ics --name company\n';

async function textIn(path: string): Promise<string> {
  const bytes = await readInput(path, CALENDAR_BYTES_MAX);
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch (error) {
    throw new Failure(`${path} is no text in UTF-8`, 'an iCalendar file is UTF-8', { cause: error });
  }
}

function importedText(answer: FreezeImported, isPreview: boolean): string {
  const { calendar, unread } = answer;
  const lines = [
    `${isPreview ? 'Would be' : 'Are'} kept: ${counted(calendar.freezes.length, 'freeze')} of ${plainText(calendar.name)}.`,
    ...freezeLines(calendar),
    ...effectLines(answer),
    ...unread.map(({ title, why }) => `Not read: ${plainText(title)}: ${why}`),
    ...(isPreview ? [] : [`Import ${calendar.id}`]),
  ];
  return `${lines.join('\n')}\n`;
}

function effectLines({ groups }: FreezeImported): string[] {
  return groups
    .filter(({ lost, shortened }) => lost + shortened > 0)
    .map(
      ({ name, windows, lost, shortened }) =>
        `Of ${counted(windows, 'window')} of ${plainText(name)} in the next year ${numberText(lost)} are lost and ` +
        `${numberText(shortened)} become shorter.`,
    );
}

function calendarText(calendar: FreezeCalendar): string {
  const { name, groups, importedAt, importedBy, goesOn, knownUntil, id } = calendar;
  const holds = groups === null ? 'every group' : groups.map(plainText).join(', ');
  const lines = [
    `${plainText(name)}  for ${holds}, imported ${momentText(importedAt)} by ${plainText(importedBy)} (import ${id})`,
    ...freezeLines(calendar),
    ...(goesOn ? [`  goes on after ${momentText(knownUntil)}: import it again before`] : []),
  ];
  return lines.map((line) => `${line}\n`).join('');
}

function freezeLines({ freezes }: FreezeCalendar): string[] {
  const more = freezes.length - LINES_TOLD;
  return [
    ...freezes.slice(0, LINES_TOLD).map(({ title, freeze }) => `  ${spanText(freeze)}  ${plainText(title)}`),
    ...(more > 0 ? [`  and ${numberText(more)} more; --json has them`] : []),
  ];
}

function spanText(freeze: FreezeBody): string {
  if (freeze.kind === 'instants') return `${momentText(freeze.from)} to ${momentText(freeze.until)}`;
  const [from, until] = [freeze.from, freeze.until].map((text) => text.replace('T', ' '));
  return `${from} to ${until} local time`;
}
