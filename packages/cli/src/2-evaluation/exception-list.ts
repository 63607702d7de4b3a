import type { Exception } from '@patchsteward/contract';
import { assetNamed } from '../1-identification/asset-named.ts';
import type { Context } from '../platform/context.ts';
import { EXIT, type ExitCode } from '../platform/exit-code.ts';
import { itemsMaxOf, readPages, SHOWN_OF_FLEET } from '../platform/pages.ts';
import type { Invocation } from '../platform/perform.ts';
import { presentList } from '../platform/present-list.ts';
import { withServer } from '../platform/server-client.ts';
import type { Column } from '../platform/table.ts';
import { distanceText } from '../platform/time-text.ts';
import { numberText } from '../platform/words.ts';
import type { ExceptionListOptions } from './exception.ts';

export async function listExceptions(
  { options }: Invocation<ExceptionListOptions>,
  context: Context,
): Promise<ExitCode> {
  const { search, state, vulnerability, asset: named } = options;
  const mine = options.mine === true ? ('yes' as const) : undefined;
  const answer = await withServer(options, context, async (client) => {
    const asset = named === undefined ? undefined : (await assetNamed(client, named)).id;
    return readPages(
      (query) => client('exception.list', { query: { ...query, search, state, asset, vulnerability, mine } }),
      itemsMaxOf(options, SHOWN_OF_FLEET),
      (read) => context.progress.show('reading exceptions', read),
    );
  });
  const narrowed = [search, named, vulnerability, mine].some((word) => word !== undefined);
  const empty = narrowed ? 'Nothing fits.' : 'Nobody answers for anything: every finding is on its clock.';
  await presentList(answer, { columns: columns(Date.now()), empty }, options, context);
  return answer.counts.endsSoon > 0 ? EXIT.findings : EXIT.done;
}

function columns(now: number): Column<Exception>[] {
  return [
    { header: 'ID', text: ({ id }) => id },
    { header: 'STATE', text: ({ state }) => state },
    { header: 'WHAT', text: ({ title }) => title, shrinks: true },
    { header: 'LANE', text: ({ basis }) => basis.lane },
    { header: 'FINDINGS', text: ({ basis }) => numberText(basis.findings), align: 'right' },
    { header: 'OPEN AGAIN', text: ({ fallen }) => (fallen === 0 ? '-' : numberText(fallen)), align: 'right' },
    { header: 'OWNER', text: ({ owner }) => owner, shrinks: true },
    { header: 'ENDS', text: ({ until, endedAt }) => distanceText(endedAt ?? until, now) },
  ];
}
