import { TELLING_KINDS, type TellingKind } from '@patchsteward/core/2-evaluation';
import { type Command, Option } from 'commander';
import type { Context } from '../platform/context.ts';
import { perform } from '../platform/perform.ts';
import { examples } from '../platform/program.ts';
import { limitOption, type ServerOptions, withServerOptions } from '../platform/server-options.ts';

export interface NoticeListOptions extends ServerOptions {
  readonly about?: string;
  readonly person?: string;
  readonly kind?: TellingKind;
  readonly from?: string;
  readonly until?: string;
  readonly limit?: number;
  readonly all?: true;
}

export interface NoticePreferenceOptions extends ServerOptions {
  readonly set?: readonly string[];
}

const RULES = `
People hear by mail of vulnerabilities that are exploited or travel in the lanes emergency and critical, of platforms
without support, of feeds that fell silent, and of announcements that nobody read for three days: by their role, and the
owners of the assets concerned. What is urgent comes at once, in four messages an hour at most; the rest in one message
an hour. Each thing is told once; what is over and comes back within a week is not told again.`;

/** `patchsteward notice …`: who was told of what, and when. // checklist c7 */
export function registerNotice(program: Command, context: Context): void {
  const notice = program.command('notice').description('who was told of what by mail, and how you are told');
  withServerOptions(notice.command('list').description('list messages to people, and what became of each'))
    .option('--about <what>', 'a vulnerability, a release or a feed')
    .option('--person <login>', 'to this person alone')
    .addOption(new Option('--kind <kind>', 'messages that tell of this').choices(TELLING_KINDS))
    .option('--from <time>', 'written then or later, as 2026-11-01 or 2026-11-01T12:00:00Z')
    .option('--until <time>', 'written before')
    .addOption(limitOption('the first 100'))
    .option('--all', 'all there are')
    .addHelpText('after', '\nExit code 3: a message could not be delivered.')
    .addHelpText('after', examples([['Who knows of it', 'patchsteward notice list --about CVE-2026-0001']]))
    .action(
      perform<NoticeListOptions>(context, async (call) => (await import('./notice-run.ts')).listTold(call, context)),
    );
  withServerOptions(notice.command('preferences').description('show how you are told of what, or change it'))
    .option('--set <kind=way...>', 'as critical=digest; the ways are at-once, digest, quiet, and default: as everybody')
    .addHelpText('after', RULES)
    .addHelpText(
      'after',
      examples([['Critical ones once an hour', 'patchsteward notice preferences --set critical=digest']]),
    )
    .action(
      perform<NoticePreferenceOptions>(context, async (call) =>
        (await import('./notice-run.ts')).preferences(call, context),
      ),
    );
}
