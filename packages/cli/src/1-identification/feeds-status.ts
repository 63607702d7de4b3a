import type { FeedBody } from '@patchsteward/contract';
import type { Context } from '../platform/context.ts';
import { EXIT, type ExitCode } from '../platform/exit-code.ts';
import type { Invocation } from '../platform/perform.ts';
import { withServer } from '../platform/server-client.ts';
import type { ServerOptions } from '../platform/server-options.ts';
import type { Column } from '../platform/table.ts';
import { plainText } from '../platform/text.ts';
import { distanceText, momentText } from '../platform/time-text.ts';
import { numberText } from '../platform/words.ts';

export async function showFeeds({ options }: Invocation<ServerOptions>, context: Context): Promise<ExitCode> {
  const answer = await withServer(options, context, (client) => client('feed.list', {}));
  if (options.json === true) await context.output.json(answer);
  else await present(answer.items, context);
  return answer.items.every(({ state }) => state === 'fresh') ? EXIT.done : EXIT.findings;
}

async function present(feeds: readonly FeedBody[], context: Context): Promise<void> {
  await context.output.table(columnsOf(Date.now()), feeds);
  const lines = feeds.flatMap(({ feed, lastError }) =>
    lastError === null
      ? []
      : [context.output.styled('yellow', plainText(`${feed}: the last attempt failed: ${lastError}`))],
  );
  if (feeds.some(({ state }) => state !== 'fresh')) {
    lines.push(
      'Load what is missing or old with "patchsteward feeds fetch", or from files with "patchsteward feeds import <path>".',
    );
  }
  await context.output.write(lines.map((line) => `${line}\n`).join(''));
}

function columnsOf(now: number): Column<FeedBody>[] {
  return [
    { header: 'FEED', text: ({ feed }) => feed },
    { header: 'STATE', text: ({ state }) => state.replaceAll('-', ' ') },
    { header: 'RECORDS', text: ({ records }) => numberText(records), align: 'right' },
    { header: 'SET ASIDE', text: ({ quarantined }) => numberText(quarantined), align: 'right' },
    { header: 'DATA AS OF', text: ({ dataAsOf }) => (dataAsOf === null ? '-' : momentText(dataAsOf)) },
    { header: 'IMPORTED', text: ({ importedAt }) => (importedAt === null ? 'never' : distanceText(importedAt, now)) },
    { header: 'ADDRESS', text: ({ url }) => url, shrinks: true },
  ];
}
