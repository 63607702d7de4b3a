import type { AssetSummary } from '@patchsteward/contract';
import type { Context } from '../platform/context.ts';
import { EXIT, type ExitCode } from '../platform/exit-code.ts';
import { itemsMaxOf, readPages, SHOWN_OF_FLEET } from '../platform/pages.ts';
import type { Invocation } from '../platform/perform.ts';
import { presentList } from '../platform/present-list.ts';
import { withServer } from '../platform/server-client.ts';
import type { Column } from '../platform/table.ts';
import { distanceText, dueText } from '../platform/time-text.ts';
import { numberText } from '../platform/words.ts';
import type { AssetListOptions } from './asset.ts';
import { filterOf } from './asset-where.ts';
import { NO_ASSETS } from './no-assets.ts';

export async function listAssets({ options }: Invocation<AssetListOptions>, context: Context): Promise<ExitCode> {
  const { search, sort, support } = options;
  const where = [...(options.where ?? []), ...(support === undefined ? [] : [`support=${support}`])];
  const filter = filterOf(where, search);
  const answer = await withServer(options, context, (client) =>
    readPages(
      (query) => client('asset.list', { query: { ...query, ...filter, sort } }),
      itemsMaxOf(options, SHOWN_OF_FLEET),
      (read) => context.progress.show('reading assets', read),
    ),
  );
  const searched = search === undefined ? NO_ASSETS : 'No asset has these words.';
  const empty = where.length > 0 ? 'No asset is like this.' : searched;
  await presentList(answer, { columns: columnsOf(Date.now()), empty }, options, context);
  return EXIT.done;
}

function columnsOf(now: number): Column<AssetSummary>[] {
  return [
    { header: 'NAME', text: ({ name }) => name, shrinks: true },
    { header: 'RELEASE', text: releaseText },
    { header: 'CRITICALITY', text: ({ criticality }) => criticality },
    { header: 'EXPOSURE', text: ({ exposure }) => exposure },
    { header: 'FINDINGS', text: findingsText, align: 'right' },
    { header: 'UPDATES', text: updatesText, align: 'right' },
    {
      header: 'NEXT DUE',
      text: ({ nextDue }) => (nextDue === null ? '-' : `${nextDue.lane}, ${dueText(nextDue, now)}`),
    },
    { header: 'LAST REPORT', text: ({ lastSeen }) => (lastSeen === null ? 'never' : distanceText(lastSeen, now)) },
  ];
}

/** A platform that its vendor fixes is not worth a word. */
function releaseText({ release, support: { state } }: AssetSummary): string {
  if (release === null) return '-';
  const name = [release.id, release.versionId ?? ''].join(' ').trim();
  return state === 'supported' || state === 'unknown' ? name : `${name} (${SUPPORT_WORDS[state]})`;
}

const SUPPORT_WORDS = { ending: 'support ends', ended: 'no support', extended: 'subscribers alone' } as const;

function findingsText({ findings, judged, knownExploited }: AssetSummary): string {
  if (judged.kind === 'not-judged') return 'not judged';
  const exploited = knownExploited ?? 0;
  const notes = [
    ...(exploited === 0 ? [] : [`${numberText(exploited)} exploited`]),
    ...(judged.unjudgedPackages === 0 ? [] : [`${numberText(judged.unjudgedPackages)} packages not judged`]),
  ];
  return numberText(findings ?? 0) + (notes.length === 0 ? '' : ` (${notes.join(', ')})`);
}

function updatesText({ updates, securityUpdates }: AssetSummary): string {
  if (updates === null) return 'not known';
  const security = securityUpdates ?? 0;
  return numberText(updates) + (security === 0 ? '' : ` (${numberText(security)} security)`);
}
