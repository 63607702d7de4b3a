import type { AssetFindings } from '@patchsteward/contract';
import type { Context } from '../platform/context.ts';
import { EXIT, type ExitCode } from '../platform/exit-code.ts';
import { itemsMaxOf, readPages } from '../platform/pages.ts';
import { noteCut } from '../platform/present-list.ts';
import { withServer } from '../platform/server-client.ts';
import type { ListOptions } from '../platform/server-options.ts';
import { assetNamed } from './asset-named.ts';
import { findingReport } from './finding-report.ts';

export async function listAssetFindings(
  named: string,
  options: ListOptions & { readonly json?: true },
  context: Context,
): Promise<ExitCode> {
  const { asset, answer } = await withServer(options, context, async (client) => {
    const asset = await assetNamed(client, named);
    const answer = await readPages(
      (query) => client('asset.findings', { params: { id: asset.id }, query: { ...query, search: options.search } }),
      itemsMaxOf(options),
      (read) => context.progress.show('reading findings', read),
    );
    return { asset, answer };
  });
  if (options.json === true) await context.output.json(answer);
  else {
    const { search } = options;
    const look = {
      withIdle: options.all === true,
      search,
      now: Date.now(),
      styled: context.output.styled.bind(context.output),
    };
    await context.output.write(findingReport(asset, answer, look));
    noteCut(answer, context);
  }
  return exitCodeOf(answer);
}

/** As `scan` does: what could not be judged is not clean. */
function exitCodeOf({ judged, notCovered, total }: AssetFindings): ExitCode {
  if (total > 0) return EXIT.findings;
  return judged.kind === 'judged' && notCovered.length === 0 ? EXIT.done : EXIT.failed;
}
