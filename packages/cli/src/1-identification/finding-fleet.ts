import type { FleetFinding, FleetFindingPage } from '@patchsteward/contract';
import type { Context } from '../platform/context.ts';
import { EXIT, type ExitCode } from '../platform/exit-code.ts';
import { itemsMaxOf, readPages, SHOWN_OF_FLEET } from '../platform/pages.ts';
import { noteCut } from '../platform/present-list.ts';
import { withServer } from '../platform/server-client.ts';
import type { ListOptions } from '../platform/server-options.ts';
import type { Column } from '../platform/table.ts';
import { plainText } from '../platform/text.ts';
import { counted, numberText } from '../platform/words.ts';
import { countingLines } from './counting-lines.ts';
import { NO_ASSETS } from './no-assets.ts';
import { pastLines } from './past-lines.ts';

export async function listFleetFindings(
  options: ListOptions & { readonly json?: true; readonly at?: string },
  context: Context,
): Promise<ExitCode> {
  const answer = await withServer(options, context, (client) =>
    readPages(
      (query) => client('finding.list', { query: { ...query, search: options.search, at: options.at } }),
      itemsMaxOf(options, SHOWN_OF_FLEET),
      (read) => context.progress.show('reading findings', read),
    ),
  );
  if (options.json === true) await context.output.json(answer);
  else await present(answer, options.search, context);
  if (answer.total > 0) return EXIT.findings;
  return isWhole(answer) ? EXIT.done : EXIT.failed;
}

/** Whether the list may be taken for all there is. */
function isWhole({ assetsNotJudged, assetsPartlyJudged, countingSince, reasons }: FleetFindingPage): boolean {
  return assetsNotJudged + assetsPartlyJudged === 0 && countingSince === null && reasons.length === 0;
}

async function present(answer: FleetFindingPage, search: string | undefined, context: Context): Promise<void> {
  await context.output.write(
    pastLines(answer.past)
      .map((line) => `${line}\n\n`)
      .join(''),
  );
  await context.output.table(COLUMNS, answer.items);
  noteCut(answer, context);
  const lines = notJudgedLines(answer, (line) => context.output.styled('yellow', line));
  if (answer.total === 0 && search !== undefined) lines.push('No finding has these words.');
  else if (answer.total === 0 && isWhole(answer)) lines.push('No findings: nothing that is installed is affected.');
  lines.push(...fleetIdleLines(answer), ...countingLines(answer, context));
  await context.output.write(lines.map((line) => `${line}\n`).join(''));
}

/** One line per kernel for everything of it that does not run anywhere it is told of here. */
function fleetIdleLines({ idle }: FleetFindingPage): string[] {
  return idle.map(({ source, scope, assets, vulnerabilities }) => {
    const what = `${counted(vulnerabilities, 'vulnerability', 'vulnerabilities')} of ${plainText(source)} (${plainText(scope)})`;
    return `Not counted: ${what} on ${counted(assets, 'asset')} in headers, tools or kernels that do not run there.`;
  });
}

/** Said loudly, with what to do: what was not judged is in no list. */
function notJudgedLines(
  { assetsNotJudged, assetsPartlyJudged, reasons }: FleetFindingPage,
  loud: (line: string) => string,
): string[] {
  const lines = reasons.map(({ sentence }) => loud(plainText(sentence)));
  if (assetsNotJudged > 0) {
    lines.push(loud(`Not judged: ${counted(assetsNotJudged, 'asset')}; "patchsteward asset list" shows which.`));
  }
  if (assetsPartlyJudged > 0) {
    const some = counted(assetsPartlyJudged, 'asset');
    const which = '"patchsteward asset list --where judged=partly" shows which.';
    lines.push(loud(`Judged in part: ${some}, of some of whose components no loaded feed speaks; ${which}`));
  }
  for (const { code } of reasons) lines.push(...(REMEDIES.get(code) ?? []));
  return lines;
}

const REMEDIES: ReadonlyMap<string, readonly string[]> = new Map([
  [
    'no-feed',
    ['Load the feeds with "patchsteward feeds fetch", or from files with "patchsteward feeds import <path>".'],
  ],
  ['no-asset-enrolled', [NO_ASSETS]],
]);

const COLUMNS: readonly Column<FleetFinding>[] = [
  { header: 'VULNERABILITY', text: ({ vulnerability }) => vulnerability },
  { header: 'SOURCE', text: ({ source }) => source, shrinks: true },
  { header: 'RELEASE', text: ({ scope }) => scope },
  { header: 'ASSETS', text: ({ assets }) => numberText(assets), align: 'right' },
  { header: 'FIXED IN', text: ({ fixed }) => fixed ?? 'no fix', shrinks: true },
  { header: 'OFFERED ON', text: offeredText },
  { header: 'ADVISORY', text: ({ advisory }) => advisory },
  { header: 'SEVERITY', text: ({ intelligence }) => intelligence.severity },
  { header: 'EXPLOITED SINCE', text: ({ intelligence }) => intelligence.knownExploited?.added ?? '-' },
  { header: 'EPSS', text: epssText, align: 'right' },
];

/** On how many of the affected assets a fix is on offer: what some are offered others may wait for. */
function offeredText({ assets, fix, offeredOn }: FleetFinding): string {
  if (fix === null || fix === 'no-fix') return '-';
  if (offeredOn === null) return 'some';
  if (offeredOn === 0 && fix === 'needs-subscription') return 'subscribers';
  return offeredOn === assets ? 'all' : `${numberText(offeredOn)} of ${numberText(assets)}`;
}

function epssText({ intelligence: { epss } }: FleetFinding): string {
  return epss === null ? '-' : `${(epss.score * 100).toFixed(1)} %`;
}
