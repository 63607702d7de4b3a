import type { TellingPreferences, Told } from '@patchsteward/contract';
import { TELLING_KINDS, TELLING_WAYS, type TellingKind, type TellingWay } from '@patchsteward/core/2-evaluation';
import type { Context } from '../platform/context.ts';
import { EXIT, type ExitCode } from '../platform/exit-code.ts';
import { Failure } from '../platform/failure.ts';
import { itemsMaxOf, readPages, SHOWN_OF_FLEET } from '../platform/pages.ts';
import type { Invocation } from '../platform/perform.ts';
import { presentList } from '../platform/present-list.ts';
import { withServer } from '../platform/server-client.ts';
import type { Column } from '../platform/table.ts';
import { plainText } from '../platform/text.ts';
import { momentText } from '../platform/time-text.ts';
import type { NoticeListOptions, NoticePreferenceOptions } from './notice.ts';

export async function listTold({ options }: Invocation<NoticeListOptions>, context: Context): Promise<ExitCode> {
  const { about, person, kind } = options;
  const span = { from: momentOf('--from', options.from), until: momentOf('--until', options.until) };
  const answer = await withServer(options, context, (client) =>
    readPages(
      (query) => client('told.list', { query: { ...query, about, person, kind, ...span } }),
      itemsMaxOf(options, SHOWN_OF_FLEET),
      (read) => context.progress.show('reading notices', read),
    ),
  );
  const nobody = about === undefined ? 'Nobody was told of anything yet.' : `Nobody was told of ${plainText(about)}.`;
  const empty = answer.hasMail ? nobody : `${nobody} No mail server is set (smtpUrl and mailFrom).`;
  await presentList(answer, { columns: COLUMNS, empty }, options, context);
  return answer.items.some(({ state }) => state === 'bounced' || state === 'failed') ? EXIT.findings : EXIT.done;
}

function momentOf(option: string, text: string | undefined): string | undefined {
  if (text === undefined) return undefined;
  const instant = /^\d{4}-\d{2}-\d{2}(T.*Z)?$/.test(text) ? Date.parse(text) : Number.NaN;
  if (!Number.isNaN(instant)) return new Date(instant).toISOString();
  const advice = 'write it as 2026-11-01 or 2026-11-01T12:00:00Z, in UTC';
  throw new Failure(`${option} ${text} is no time`, advice, { exitCode: EXIT.usage });
}

const COLUMNS: readonly Column<Told>[] = [
  { header: 'TO', text: ({ name, person }) => `${name} (${person})`, shrinks: true },
  { header: 'STATE', text: ({ state }) => state },
  { header: 'ACCEPTED', text: ({ sentAt }) => (sentAt === null ? '-' : momentText(sentAt)) },
  { header: 'ATTEMPTS', text: ({ attempts }) => String(attempts), align: 'right' },
  { header: 'SUBJECT', text: ({ subject }) => subject, shrinks: true },
  { header: 'ANSWER', text: ({ answer }) => answer ?? '-', shrinks: true },
];

export async function preferences(
  { options }: Invocation<NoticePreferenceOptions>,
  context: Context,
): Promise<ExitCode> {
  const choices = (options.set ?? []).map(choiceOf);
  const answer = await withServer(options, context, async (client) => {
    for (const body of choices) await client('telling.set', { body });
    return client('telling.show', {});
  });
  if (options.json === true) await context.output.json(answer);
  else await present(answer, context);
  return EXIT.done;
}

/** The word for taking back what was said. */
const AS_EVERYBODY = 'default';

function choiceOf(text: string): { readonly kind: TellingKind; readonly way: TellingWay | null } {
  const [kindText, wayText] = text.split('=', 2);
  const kind = TELLING_KINDS.find((one) => one === kindText);
  const way = TELLING_WAYS.find((one) => one === wayText);
  if (kind !== undefined && way !== undefined) return { kind, way };
  if (kind !== undefined && wayText === AS_EVERYBODY) return { kind, way: null };
  const advice = `write it as critical=digest; there are ${TELLING_KINDS.join(', ')}, each ${TELLING_WAYS.join(', ')} or ${AS_EVERYBODY}`;
  throw new Failure(`--set ${text} says nothing`, advice, { exitCode: EXIT.usage });
}

async function present({ mail, kinds }: TellingPreferences, { output }: Context): Promise<void> {
  await output.table(
    [
      { header: 'OF', text: ({ kind }) => kind },
      { header: 'TOLD', text: ({ way }) => way },
      { header: 'CHOSEN', text: ({ chosen }) => (chosen ? 'by you' : '-') },
    ],
    kinds,
  );
  const where = mail === null ? 'You have no mail address here, so you are not told.' : `By mail to ${mail}.`;
  await output.write(`${plainText(where)}\n`);
}
