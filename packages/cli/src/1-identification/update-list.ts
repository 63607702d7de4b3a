import type { FleetUpdate, UpdateBody } from '@patchsteward/contract';
import type { Context } from '../platform/context.ts';
import { EXIT, type ExitCode } from '../platform/exit-code.ts';
import { itemsMaxOf, readPages, SHOWN_OF_FLEET } from '../platform/pages.ts';
import { presentList } from '../platform/present-list.ts';
import { withServer } from '../platform/server-client.ts';
import type { ListOptions } from '../platform/server-options.ts';
import type { Column } from '../platform/table.ts';
import { plainText } from '../platform/text.ts';
import { dueText, momentText } from '../platform/time-text.ts';
import { numberText } from '../platform/words.ts';
import { assetNamed } from './asset-named.ts';
import { tellCounting } from './counting-lines.ts';

type Options = ListOptions & { readonly json?: true };

export async function listFleetUpdates(options: Options, context: Context): Promise<ExitCode> {
  const answer = await withServer(options, context, (client) =>
    readPages(
      (query) => client('update.list', { query: { ...query, search: options.search } }),
      itemsMaxOf(options, SHOWN_OF_FLEET),
      (read) => context.progress.show('reading updates', read),
    ),
  );
  const empty =
    options.search === undefined
      ? 'No updates: no asset that has reported is offered any; "patchsteward asset list" shows when each reported.'
      : 'No update has these words.';
  await presentList(answer, { columns: FLEET_COLUMNS, empty }, options, context);
  await tellCounting(answer, options, context);
  return EXIT.done;
}

const FLEET_COLUMNS: readonly Column<FleetUpdate>[] = [
  { header: 'KIND', text: ({ kind }) => kind },
  { header: 'SOURCE', text: ({ source }) => source, shrinks: true },
  { header: 'VERSION', text: ({ sourceVersion }) => sourceVersion, shrinks: true },
  { header: 'RELEASE', text: ({ scope }) => scope },
  { header: 'FIXES', text: ({ fixes }) => numberText(fixes.length), align: 'right' },
  { header: 'ASSETS', text: ({ assets }) => numberText(assets), align: 'right' },
  { header: 'PACKAGES', text: ({ packages }) => packages.join(', '), shrinks: true },
];

export async function listAssetUpdates(named: string, options: Options, context: Context): Promise<ExitCode> {
  const answer = await withServer(options, context, async (client) => {
    const { id } = await assetNamed(client, named);
    return readPages(
      (query) => client('asset.updates', { params: { id }, query: { ...query, search: options.search } }),
      itemsMaxOf(options),
      (read) => context.progress.show('reading updates', read),
    );
  });
  const { reasons } = answer;
  const none =
    options.search === undefined ? 'No updates: its origins offer nothing newer.' : 'No update has these words.';
  const empty = reasons.length === 0 ? none : 'No updates are known.';
  await presentList(answer, { columns: assetColumns(Date.now()), empty }, options, context);
  if (options.json !== true) {
    const lines = reasons.map(({ sentence }) => `${context.output.styled('yellow', plainText(sentence))}\n`);
    await context.output.write(lines.join(''));
  }
  return reasons.length === 0 ? EXIT.done : EXIT.failed;
}

function assetColumns(now: number): Column<UpdateBody>[] {
  return [
    { header: 'DUE', text: ({ assessment }) => (assessment === null ? '-' : dueText(assessment, now)) },
    { header: 'UNTIL', text: ({ assessment }) => (assessment === null ? '-' : momentText(assessment.due)) },
    { header: 'LANE', text: ({ assessment }) => assessment?.lane ?? '-' },
    { header: 'KIND', text: ({ kind }) => kind },
    { header: 'PACKAGE', text: ({ architecture, name }) => `${name}:${architecture}`, shrinks: true },
    { header: 'FROM', text: ({ from }) => from, shrinks: true },
    { header: 'TO', text: ({ to }) => to, shrinks: true },
    { header: 'FIXES', text: ({ fixes }) => numberText(fixes.length), align: 'right' },
    { header: 'STATE', text: stateText },
  ];
}

/** What keeps it from being installed. */
function stateText({ hold, phased, pin }: UpdateBody): string {
  if (pin !== undefined) return 'pinned';
  if (hold) return 'held';
  return phased ? 'phased' : '';
}
