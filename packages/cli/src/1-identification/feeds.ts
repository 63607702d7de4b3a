import type { FeedId } from '@patchsteward/contract';
import { type Command, Option } from 'commander';
import type { Context } from '../platform/context.ts';
import { perform } from '../platform/perform.ts';
import { examples } from '../platform/program.ts';
import { type ServerOptions, withServerOptions } from '../platform/server-options.ts';

export interface FeedsImportOptions extends ServerOptions {
  readonly feed?: FeedId;
}

// A record and not a list: the compiler then misses a feed that the contract has and we do not.
const FEEDS: Record<FeedId, true> = { 'debian-osv': true, kev: true, epss: true };
const FEED_NAMES = Object.keys(FEEDS);

const IMPORT_RULES = `
Takes files, and folders in which it finds the files of feeds by what they hold: Debian's advisories in OSV form (JSON, JSON
lines, or the zip of the OSV export), CISA's catalog of known exploited vulnerabilities (JSON), and EPSS scores (CSV), each
as it is or as gzip. Of several files of one feed the one changed last is imported last. Without a path it does what
"feeds fetch" does. Importing a file twice changes nothing, and a file that cannot be used changes nothing either.

Exit code 1: something could not be imported; the rest was.`;

const STATUS_RULES = `
A feed is as old as the data that it has. Exit code 3: a feed is stale, failed, or was never imported. 0: all are fresh.`;

/** `patchsteward feeds …`: where advisories come from. // SOP P1.1, checklist c7 */
export function registerFeeds(program: Command, context: Context): void {
  const feeds = program.command('feeds').description('where advisories come from, and how fresh they are');
  withServerOptions(feeds.command('status').description('show the feeds, their age and their health'))
    .addHelpText('after', STATUS_RULES)
    .action(
      perform<ServerOptions>(context, async (call) => (await import('./feeds-status.ts')).showFeeds(call, context)),
    );
  withServerOptions(
    feeds
      .command('import')
      .description('import feeds from files and folders')
      .argument('[paths...]', 'files or folders (default: the addresses of the feeds)'),
  )
    .addOption(new Option('--feed <feed>', 'what the files are, where that cannot be told').choices(FEED_NAMES))
    .addHelpText('after', IMPORT_RULES)
    .addHelpText('after', examples([['Everything in a folder', 'patchsteward feeds import ./feeds']]))
    .action(
      perform<FeedsImportOptions>(context, async (call) =>
        (await import('./feeds-import.ts')).importFeeds(call, context),
      ),
    );
  withServerOptions(
    feeds
      .command('fetch')
      .description('let the server fetch feeds from their addresses')
      .argument('[feeds...]', `which: ${FEED_NAMES.join(', ')} (default: all)`),
  )
    .addHelpText('after', '\nExit code 1: a feed could not be fetched; the others were.')
    .action(
      perform<ServerOptions>(context, async (call) => (await import('./feeds-import.ts')).fetchFeeds(call, context)),
    );
}
