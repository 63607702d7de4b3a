import type { InstalledPackageBody } from '@patchsteward/contract';
import type { Context } from '../platform/context.ts';
import { EXIT, type ExitCode } from '../platform/exit-code.ts';
import { itemsMaxOf, readPages } from '../platform/pages.ts';
import type { Invocation } from '../platform/perform.ts';
import { presentList } from '../platform/present-list.ts';
import { withServer } from '../platform/server-client.ts';
import type { ListOptions } from '../platform/server-options.ts';
import type { Column } from '../platform/table.ts';
import { assetNamed } from './asset-named.ts';

export async function listPackages(
  { options, operands }: Invocation<ListOptions>,
  context: Context,
): Promise<ExitCode> {
  const answer = await withServer(options, context, async (client) => {
    const { id } = await assetNamed(client, operands[0] ?? '');
    return readPages(
      (query) => client('asset.packages', { params: { id }, query: { ...query, search: options.search } }),
      itemsMaxOf(options),
      (read) => context.progress.show('reading packages', read),
    );
  });
  const empty =
    options.search === undefined
      ? 'No packages: the asset has not reported yet; look at its agent (patchsteward agent status, on that host).'
      : 'No package has these words.';
  await presentList(answer, { columns: COLUMNS, empty }, options, context);
  return EXIT.done;
}

const COLUMNS: readonly Column<InstalledPackageBody>[] = [
  { header: 'PACKAGE', text: ({ name }) => name, shrinks: true },
  { header: 'VERSION', text: ({ version }) => version, shrinks: true },
  { header: 'ARCHITECTURE', text: ({ architecture }) => architecture },
  { header: 'SOURCE', text: ({ source, sourceVersion }) => `${source} ${sourceVersion}`, shrinks: true },
  { header: 'STATE', text: stateText },
  { header: 'ORIGINS', text: originsText, shrinks: true },
];

/** null: the host did not say. An empty list: no configured repository has this version. */
function stateText({ state, hold, pin }: InstalledPackageBody): string {
  if (pin !== undefined) return `${state}, pinned: ${pin}`;
  return hold ? `${state}, held` : state;
}

function originsText({ origins }: InstalledPackageBody): string {
  if (origins === null) return 'not known';
  return origins.length === 0 ? 'none' : origins.join(', ');
}
