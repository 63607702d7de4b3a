import { type Command, Option } from 'commander';
import type { Context } from '../platform/context.ts';
import { perform } from '../platform/perform.ts';
import { examples } from '../platform/program.ts';
import { withServerOptions } from '../platform/server-options.ts';
import { dayOrMoment } from './day-or-moment.ts';
import type { ExposureOptions } from './exposure-show.ts';

const RULES = `
Answers release by release, with the assets that are affected or not known to be safe, those that matter most first: what
they have, since when, and what to do. Only the kernel that runs counts; headers, tools and other installed kernels are
counted beside it, and --all shows them, as it shows what is fixed or never was affected. The id of an advisory asks for
every vulnerability that it names, in the packages that it names; other names of a vulnerability (GHSA-…) find it too.

A package with a version ("openssl < 3.0.15-1") asks who has it below that version, whatever advisories say.

--at answers for a day of the past: what the assets had, by what was known on that day.

Exit code 3: assets are affected. 0: every asset was judged, and none is affected. 1: it failed, or not every asset could be
judged: no feed is loaded, none speaks of this vulnerability or of a release, or an asset has not reported.`;

/** `patchsteward exposure CVE-…`: am I affected by this? // SOP P1.1, checklist c25 */
export function registerExposure(program: Command, context: Context): void {
  withServerOptions(
    program
      .command('exposure')
      .description('say whether and where the fleet is affected by a vulnerability')
      .argument(
        '[ids...]',
        'of vulnerabilities or advisories, as CVE-2024-3094, DSA-5649-1; or packages, as "openssl < 3.0.15-1"',
      ),
  )
    .option('--all', 'also what is fixed, never was affected, or belongs to a kernel and does not run')
    .option('--file <path>', 'ask for each id of a file, one a line (- for standard input): a line of answer for each')
    .option('--csv', 'a row for each source version on each asset, as CSV')
    .option('--why', 'with the claims that decided, and those that lost')
    .addOption(
      new Option('--at <day>', 'what was known then, as 2026-05-01 or 2026-05-01T12:00:00Z').argParser(dayOrMoment),
    )
    .addHelpText('after', RULES)
    .addHelpText(
      'after',
      examples([
        ['Which assets, why, and what fixes it', 'patchsteward exposure CVE-2024-3094'],
        ['What an advisory is about', 'patchsteward exposure DSA-5649-1'],
        ['Who has an old version, by the order of each release', 'patchsteward exposure "openssl < 3.0.15-1~deb12u1"'],
        ['A list of ids, for a spreadsheet', 'patchsteward exposure --file ids.txt --csv > exposure.csv'],
        ['What was known on a day', 'patchsteward exposure CVE-2024-3094 --at 2024-03-30'],
      ]),
    )
    .action(
      perform<ExposureOptions>(context, async (call) =>
        (await import('./exposure-show.ts')).showExposure(call, context),
      ),
    );
}
