import type { FeedDetail } from '@patchsteward/contract';
import { confirm } from '../platform/confirm.ts';
import type { Context } from '../platform/context.ts';
import { EXIT, type ExitCode } from '../platform/exit-code.ts';
import type { Invocation } from '../platform/perform.ts';
import { withServer } from '../platform/server-client.ts';
import type { ServerOptions } from '../platform/server-options.ts';
import { plainText } from '../platform/text.ts';
import { numberText } from '../platform/words.ts';
import type { FeedsAddOptions, FeedsRemoveOptions } from './feeds.ts';

export async function addFeed({ options, operands }: Invocation<FeedsAddOptions>, context: Context): Promise<ExitCode> {
  const [feed = ''] = operands;
  const { form, url, title, fingerprint } = options;
  const body = {
    ...{ feed, form, url },
    ...(title === undefined ? {} : { title }),
    ...(fingerprint === undefined ? {} : { fingerprints: [...fingerprint] }),
  };
  const added = await withServer(options, context, (client) => client('feed.add', { body }));
  if (options.json === true) await context.output.json(added);
  else
    await context.output.write(`${plainText(feed)} is fetched from now on. "patchsteward feeds fetch" does it now.\n`);
  return EXIT.done;
}

export async function enableFeeds(
  { options, operands }: Invocation<ServerOptions>,
  enabled: boolean,
  context: Context,
): Promise<ExitCode> {
  const changed = await withServer(options, context, async (client) => {
    const done: FeedDetail[] = [];
    for (const feed of operands) done.push(await client('feed.change', { params: { feed }, body: { enabled } }));
    return done;
  });
  if (options.json === true) await context.output.json({ items: changed });
  else {
    for (const { feed } of changed) {
      await context.output.write(`${plainText(feed)} ${enabled ? 'is fetched from now on' : 'is fetched no more'}.\n`);
    }
  }
  return EXIT.done;
}

export async function removeFeed(
  { options, operands }: Invocation<FeedsRemoveOptions>,
  context: Context,
): Promise<ExitCode> {
  const [feed = ''] = operands;
  const removed = await withServer(options, context, async (client) => {
    const one = await client('feed.show', { params: { feed } });
    const scopes = one.scopes.length === 0 ? 'nothing' : one.scopes.join(', ');
    const question = `${feed} has ${numberText(one.records)} records and speaks of ${scopes}. All that it claims ends.`;
    await confirm(plainText(question), options.yes === true, context);
    await client('feed.remove', { params: { feed } });
    return one;
  });
  if (options.json === true) await context.output.json(removed);
  else await context.output.write(`What ${plainText(feed)} claimed has ended.\n`);
  return EXIT.done;
}
