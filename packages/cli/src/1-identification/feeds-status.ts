import type { FeedBody, FeedDetail } from '@patchsteward/contract';
import type { Context } from '../platform/context.ts';
import { EXIT, type ExitCode } from '../platform/exit-code.ts';
import type { Invocation } from '../platform/perform.ts';
import { withServer } from '../platform/server-client.ts';
import type { ServerOptions } from '../platform/server-options.ts';
import type { Column } from '../platform/table.ts';
import { plainText } from '../platform/text.ts';
import { distanceText, momentText } from '../platform/time-text.ts';
import { numberText } from '../platform/words.ts';

export async function showFeeds(call: Invocation<ServerOptions>, context: Context): Promise<ExitCode> {
  const [feed] = call.operands;
  return feed === undefined ? showAll(call, context) : showOne(feed, call, context);
}

async function showAll({ options }: Invocation<ServerOptions>, context: Context): Promise<ExitCode> {
  const { items, countingSince } = await withServer(options, context, (client) => client('feed.list', {}));
  const used = items.filter(({ state }) => state !== 'off');
  if (options.json === true) await context.output.json({ items: used, countingSince });
  else await present(used, countingSince, context);
  return used.every(({ state }) => state === 'fresh') ? EXIT.done : EXIT.findings;
}

async function showOne(feed: string, { options }: Invocation<ServerOptions>, context: Context): Promise<ExitCode> {
  const one = await withServer(options, context, (client) => client('feed.show', { params: { feed } }));
  if (options.json === true) await context.output.json(one);
  else await context.output.write(detailText(one, Date.now()));
  return one.state === 'fresh' || one.state === 'off' ? EXIT.done : EXIT.findings;
}

async function present(feeds: readonly FeedBody[], countingSince: string | null, context: Context): Promise<void> {
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
  lines.push(
    ...(countingSince === null
      ? []
      : [`The lists over the fleet still count what changed since ${momentText(countingSince)}.`]),
  );
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
    { header: 'ADDRESS', text: ({ url }) => url ?? 'files alone', shrinks: true },
  ];
}

/** What a person asks of one feed: how old, from where, when next, and what of it could not be used. */
function detailText(one: FeedDetail, now: number): string {
  const { feed, title, state, url, records, dataAsOf, importedAt, lastError, nextAttemptAt, scopes, quarantined } = one;
  const facts = [
    ['state', state.replaceAll('-', ' ')],
    ['address', url ?? 'files alone'],
    ['records', numberText(records)],
    ['data as of', dataAsOf === null ? '-' : momentText(dataAsOf)],
    ['imported', importedAt === null ? 'never' : distanceText(importedAt, now)],
    ['next attempt', nextAttemptAt === null ? '-' : momentText(nextAttemptAt)],
    ['last error', lastError ?? '-'],
    ['speaks of', scopes.join(', ') || '-'],
    ['set aside', numberText(quarantined)],
    ...one.fingerprints.map((fingerprint) => ['pinned key', fingerprint] as const),
  ] as const;
  const lines = [
    plainText(`${feed} ${title}`),
    ...facts.map(([name, value]) => `  ${name.padEnd(12)}  ${plainText(value)}`),
    ...one.quarantine.map(({ record, problem }) => `    ${plainText(`${record}: ${problem}`)}`),
  ];
  return lines.map((line) => `${line}\n`).join('');
}
