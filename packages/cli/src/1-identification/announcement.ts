import type { TriagedClaim } from '@patchsteward/contract';
import { type Command, Option } from 'commander';
import type { Context } from '../platform/context.ts';
import { perform } from '../platform/perform.ts';
import { examples } from '../platform/program.ts';
import {
  type ListOptions,
  type ServerOptions,
  withListOptions,
  withServerOptions,
} from '../platform/server-options.ts';

export interface AnnouncementListOptions extends ListOptions {
  readonly state: 'waiting' | 'claimed' | 'dismissed' | 'all';
  readonly feed?: string;
}

export interface AnnouncementTriageOptions extends ServerOptions {
  readonly product?: readonly string[];
  readonly package?: readonly string[];
  readonly range?: readonly string[];
  readonly cve?: readonly string[];
  readonly severity?: Severity;
  readonly why?: string;
  readonly asBefore?: true;
  readonly revision?: string;
  readonly yes?: true;
}

export interface AnnouncementWhyOptions extends ServerOptions {
  readonly why: string;
  readonly yes?: true;
}

type Severity = NonNullable<TriagedClaim['severity']>;
// A record and not a list: the compiler then misses a word that the contract has and we do not.
const SEVERITIES: Record<Severity, true> = { none: true, low: true, medium: true, high: true, critical: true };

const TRIAGE_RULES = `
What is read out of an announcement judges assets at once, like any other advisory, and says whose reading it is. What a
vendor's machine-readable advisory or the distribution says of the same vulnerability counts before it; what an aggregator
says counts after it. Without --range every version is affected; without --cve the announcement stands for what it is
about under its own name. An announcement that its vendor changes waits again, and what was claimed judges meanwhile.

Ranges: "< 10.4.3" (10.4.3 has the fix), ">= 10.0.0 < 10.4.3", "<= 9.8" (the last that is affected). Takes the role
security or admin.`;

/** `patchsteward announcement …`: what vendors write for people. // SOP P1.1, checklist c7 */
export function registerAnnouncement(program: Command, context: Context): void {
  const announcement = program
    .command('announcement')
    .description('read what vendors announce, and make it a claim or dismiss it');
  registerList(announcement, context);
  registerShow(announcement, context);
  registerTriage(announcement, context);
  registerDismiss(announcement, context);
  registerUndo(announcement, context);
}

function registerList(announcement: Command, context: Context): void {
  withListOptions(
    announcement.command('list').description('list what waits to be read, or what became of it'),
    'name and title',
    'the first 100',
  )
    .addOption(
      new Option('--state <state>', 'only those')
        .choices(['waiting', 'claimed', 'dismissed', 'all'])
        .default('waiting'),
    )
    .option('--feed <feed>', 'of this subscription alone')
    .addHelpText(
      'after',
      examples([
        [
          'Subscribe to a vendor',
          'patchsteward feeds add acme-news --form announcements --url https://acme.example/security.atom --title Acme',
        ],
        ['What waits', 'patchsteward announcement list'],
      ]),
    )
    .action(
      perform<AnnouncementListOptions>(context, async (call) =>
        (await import('./announcement-list.ts')).listAnnouncements(call, context),
      ),
    );
}

function registerShow(announcement: Command, context: Context): void {
  withServerOptions(
    announcement.command('show').description('show its text, what its vendor changed, and what was made of it'),
  )
    .argument('<announcement>', 'its name, as in "announcement list"')
    .addHelpText('after', examples([['Read one', 'patchsteward announcement show acme-news-17']]))
    .action(
      perform<ServerOptions>(context, async (call) =>
        (await import('./announcement-show.ts')).showAnnouncement(call, context),
      ),
    );
}

function registerTriage(announcement: Command, context: Context): void {
  withServerOptions(announcement.command('triage').description('make it a claim: which versions of what are affected'))
    .argument('<announcement>', 'its name')
    .option('--product <vendor/product...>', 'a product by its names, as assets have it')
    .option('--package <name@release...>', 'a package of a release or registry, as openssl@debian:12 or lodash@npm')
    .option('--range <range...>', 'affected versions, as ">= 10.0.0 < 10.4.3" (default: every version)')
    .option('--cve <id...>', 'what it is about')
    .addOption(new Option('--severity <severity>', 'how severe its vendor calls it').choices(Object.keys(SEVERITIES)))
    .option('--why <words>', 'what else is worth knowing')
    .addOption(
      new Option('--as-before', 'say again what was claimed before its vendor changed it').conflicts([
        ...['product', 'package', 'range', 'cve', 'severity'],
      ]),
    )
    .option('--revision <number>', 'the revision that you read (default: the newest)')
    .option('--yes', 'do not ask')
    .addHelpText('after', TRIAGE_RULES)
    .addHelpText(
      'after',
      examples([
        [
          'A product',
          'patchsteward announcement triage acme-news-17 --product "Acme/Router 9" --range "< 9.3.1" --cve CVE-2026-0001',
        ],
        [
          'A package',
          'patchsteward announcement triage acme-news-18 --package acme-agent@debian:12 --range ">= 2.0 < 2.4-1" --severity high',
        ],
      ]),
    )
    .action(
      perform<AnnouncementTriageOptions>(context, async (call) =>
        (await import('./announcement-triage.ts')).triage(call, context),
      ),
    );
}

function registerDismiss(announcement: Command, context: Context): void {
  withServerOptions(announcement.command('dismiss').description('say that they concern nothing here'))
    .argument('<announcements...>', 'their names, up to 500')
    .requiredOption('--why <words>', 'why; it stands in the record')
    .option('--yes', 'do not ask')
    .addHelpText(
      'after',
      examples([['Two at once', 'patchsteward announcement dismiss acme-news-19 acme-news-20 --why "marketing"']]),
    )
    .action(
      perform<AnnouncementWhyOptions>(context, async (call) =>
        (await import('./announcement-act.ts')).dismiss(call, context),
      ),
    );
}

function registerUndo(announcement: Command, context: Context): void {
  withServerOptions(
    announcement.command('undo').description('take back a claim or a dismissal; it waits again, and its history stays'),
  )
    .argument('<announcement>', 'its name')
    .requiredOption('--why <words>', 'why; it stands in the record')
    .option('--yes', 'do not ask')
    .addHelpText(
      'after',
      examples([['Read it again', 'patchsteward announcement undo acme-news-17 --why "the range was wrong"']]),
    )
    .action(
      perform<AnnouncementWhyOptions>(context, async (call) =>
        (await import('./announcement-act.ts')).undo(call, context),
      ),
    );
}
