import type { FeedRequest } from '@patchsteward/contract';
import { type Command, Option } from 'commander';
import type { Context } from '../platform/context.ts';
import { perform } from '../platform/perform.ts';
import { examples } from '../platform/program.ts';
import { type ServerOptions, withServerOptions } from '../platform/server-options.ts';
import { dayOrMoment } from './day-or-moment.ts';

export interface FeedsImportOptions extends ServerOptions {
  readonly feed?: string;
}

export interface FeedsExportOptions extends ServerOptions {
  readonly feed?: string;
  readonly vulnerability?: readonly string[];
  readonly at?: string;
  readonly file?: string;
  readonly force?: true;
}

export interface FeedsAddOptions extends ServerOptions {
  readonly form: FeedRequest['form'];
  readonly url: string;
  readonly title?: string;
  readonly fingerprint?: readonly string[];
}

export interface FeedsRemoveOptions extends ServerOptions {
  readonly yes?: true;
}

// A record and not a list: the compiler then misses a form of advisories that the contract has and we do not.
const FORMS: Record<Exclude<FeedRequest['form'], 'kev' | 'epss' | 'cve' | 'nvd'>, true> = {
  osv: true,
  'alpine-secdb': true,
  'debian-tracker': true,
  csaf: true,
  updateinfo: true,
  announcements: true,
  endoflife: true,
  'debian-support': true,
};

const IMPORT_RULES = `
Takes files, and folders in which it finds the files of feeds by what they hold: advisories in OSV form of any ecosystem
(JSON, JSON lines, or the zip of an export), Alpine's security databases, the JSON of Debian's tracker, CISA's catalog of
known exploited vulnerabilities (JSON), EPSS scores (CSV), ends of support (endoflife.date, distro-info), the lists of
debian-security-support by the release in their name (security-support-ended.deb12), records of the CVE list and of Vulnrichment, and files or pages of
NVD (JSON), each as it is or as gzip. Of several files of one feed the
one changed last is imported last. A file of a feed that was added here is imported with --feed, and
security-support-limited with the feed of its release (--feed debian-12-support-limited). Without a path it does
what "feeds fetch" does.

With --feed of a CSAF provider a folder is the mirror of that provider (documents in folders of their years, with
changes.csv, index.txt, ROLIE feeds, provider-metadata.json and keys where they are there), and a zip of it as well. Each
document is checked by the hash and the signature beside it, as when it is fetched; where the provider's keys are pinned,
one without a signature that holds is refused. What the server took before is not sent again. Documents that a list names
and that are not there are told.

Importing a file twice changes nothing, and a file that cannot be used changes nothing either.

Exit code 1: something could not be imported, or nothing is judged by it, because all that it says of packages and products
was set aside ("judgesNothing" in the JSON); the rest was.`;

const STATUS_RULES = `
A feed is as old as the data that it has. Exit code 3: a feed is stale, failed, or was never imported. 0: all are fresh.
Feeds that are off are not shown; "feeds list" has them all.`;

const REMOVE_RULES = `
Ends what the feed claims: findings that rest on it alone go away, and releases that it alone covers are not judged any
more. Its advisories stay as what was known. A catalog (kev, epss) can be disabled, and not removed.`;

const EXPORT_RULES = `
Writes OSV 1.7, a record in each line, or, where --file ends in .zip, a zip with a file for each. A record means all that it names alike: where an advisory says different things of
its vulnerabilities, it becomes several records. What OSV has no word for (not affected, under investigation, whose word it
is, releases that OSV does not name) stands in database_specific.patchsteward; read back with "feeds import" or "match
--advisories", the file gives the same findings. --at tells what was known then; how severe it was called then is told only
where no newer word took its place.`;

/** `patchsteward feeds …`: where advisories come from. // SOP P1.1, checklist c7 */
export function registerFeeds(program: Command, context: Context): void {
  const feeds = program.command('feeds').description('where advisories come from, and how fresh they are');
  withServerOptions(feeds.command('list').description('list all feeds there are, also those that are off')).action(
    perform<ServerOptions>(context, async (call) => (await import('./feeds-list.ts')).listFeeds(call, context)),
  );
  withServerOptions(
    feeds
      .command('status')
      .description('show the feeds in use, their age and their health')
      .argument('[feed]', 'one of them, with what it speaks of and what of it could not be used'),
  )
    .addHelpText('after', STATUS_RULES)
    .action(
      perform<ServerOptions>(context, async (call) => (await import('./feeds-status.ts')).showFeeds(call, context)),
    );
  registerChanges(feeds, context);
  registerImports(feeds, context);
  registerExport(feeds, context);
}

function registerChanges(feeds: Command, context: Context): void {
  withServerOptions(
    feeds
      .command('add')
      .description('add a feed of advisories at an address of its own')
      .argument('<feed>', 'how it is called here: small letters, digits, hyphens'),
  )
    .addOption(new Option('--form <form>', 'how it is read').choices(Object.keys(FORMS)).makeOptionMandatory())
    .requiredOption('--url <url>', 'where the server fetches it')
    .option('--title <text>', 'what it is, for people (default: its name)')
    .option('--fingerprint <hex...>', 'of a key that signs the documents of a CSAF provider; pins it')
    .addHelpText(
      'after',
      examples([
        [
          'A branch of Alpine',
          'patchsteward feeds add alpine-3.20-main --form alpine-secdb --url https://secdb.alpinelinux.org/v3.20/main.json',
        ],
        [
          'A CSAF provider',
          'patchsteward feeds add acme-psirt --form csaf --url https://acme.example --fingerprint 8F5F267907B2C4559DB360DB2294BA7D2B2298B1',
        ],
        [
          "A vendor's RSS or Atom, to be read by people",
          'patchsteward feeds add acme-news --form announcements --url https://acme.example/security.atom --title Acme',
        ],
        ['An OSV export of your own', 'patchsteward feeds add acme --form osv --url https://osv.example.org/all.zip'],
      ]),
    )
    .action(
      perform<FeedsAddOptions>(context, async (call) => (await import('./feeds-change.ts')).addFeed(call, context)),
    );
  for (const [name, description] of [
    ['enable', 'fetch a feed by itself from now on'],
    ['disable', 'fetch a feed by itself no more; what was imported stays'],
  ] as const) {
    withServerOptions(
      feeds.command(name).description(description).argument('<feeds...>', 'their names, as in "feeds list"'),
    ).action(
      perform<ServerOptions>(context, async (call) =>
        (await import('./feeds-change.ts')).enableFeeds(call, name === 'enable', context),
      ),
    );
  }
  withServerOptions(
    feeds.command('remove').description('end what a feed claims').argument('<feed>', 'its name, as in "feeds list"'),
  )
    .option('--yes', 'do not ask')
    .addHelpText('after', REMOVE_RULES)
    .action(
      perform<FeedsRemoveOptions>(context, async (call) =>
        (await import('./feeds-change.ts')).removeFeed(call, context),
      ),
    );
}

function registerImports(feeds: Command, context: Context): void {
  withServerOptions(
    feeds
      .command('import')
      .description('import feeds from files and folders')
      .argument('[paths...]', 'files or folders (default: the addresses of the feeds)'),
  )
    .option('--feed <feed>', 'what the files are, where that cannot be told')
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
      .argument('[feeds...]', 'which (default: all that are enabled)'),
  )
    .addHelpText('after', '\nExit code 1: a feed could not be fetched; the others were.')
    .action(
      perform<ServerOptions>(context, async (call) => (await import('./feeds-import.ts')).fetchFeeds(call, context)),
    );
}

function registerExport(feeds: Command, context: Context): void {
  withServerOptions(feeds.command('export').description('write what is known of vulnerabilities as OSV records'))
    .option('--feed <feed>', 'what one feed says (default: all of them)')
    .option('--vulnerability <ids...>', 'only what is about these')
    .addOption(
      new Option('--at <day>', 'what was known then, as 2026-05-01 or 2026-05-01T12:00:00Z').argParser(dayOrMoment),
    )
    .option('--file <path>', 'into a new file (default: to standard output); a zip where its name ends so')
    .option('--force', 'replace the file where it is there already')
    .addHelpText('after', EXPORT_RULES)
    .addHelpText(
      'after',
      examples([
        ['Everything, for another tool', 'patchsteward feeds export --file known.jsonl'],
        ['The same as a zip, every night', 'patchsteward feeds export --file known.zip --force'],
        ['What we know of one vulnerability', 'patchsteward feeds export --vulnerability CVE-2024-3094'],
        ['What a feed said on a day', 'patchsteward feeds export --feed debian-osv --at 2026-05-01 --file then.jsonl'],
      ]),
    )
    .action(
      perform<FeedsExportOptions>(context, async (call) =>
        (await import('./feeds-export.ts')).exportFeeds(call, context),
      ),
    );
}
