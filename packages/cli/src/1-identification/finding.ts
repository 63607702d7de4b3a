import { type Command, Option } from 'commander';
import type { Context } from '../platform/context.ts';
import { perform } from '../platform/perform.ts';
import { examples } from '../platform/program.ts';
import { type ListOptions, withListOptions } from '../platform/server-options.ts';
import { dayOrMoment } from './day-or-moment.ts';

interface FindingListOptions extends ListOptions {
  readonly asset?: string;
  readonly at?: string;
}

const RULES = `
Over the fleet: one line per vulnerability, source package and release; what is known to be exploited first, then what is
likely to be, then what is on most assets. Of one asset: by source package, the most urgent first, each with its lane, its
due time, why it is affected and what fixes it. An asset is named by its id, its name, or the first label of its name.

Of a kernel, only what runs is exposed: headers, tools and kernels that are not booted are one line, and are listed with
--all; --json has them always.

Exit code 3: there are findings. 0: everything was judged, and nothing is affected. 1: it failed, or an asset could not be
judged (no feed is loaded, none speaks of its release, or it has not reported) and no finding is known: silence is not
safety.`;

/** `patchsteward finding …`: what is affected, why, what fixes it, and by when. // SOP P1.1 P2.1 */
export function registerFinding(program: Command, context: Context): void {
  const finding = program.command('finding').description('what is affected, why, what fixes it, and by when');
  withListOptions(
    finding.command('list').description('list findings over the fleet, or of one asset'),
    'vulnerability, advisory, source and package',
    'the first 100 over the fleet, all of one asset',
  )
    .option('--asset <asset>', 'of this asset alone: its id or name')
    .addOption(
      new Option('--at <day>', 'over the fleet on a day of the past, or at a moment of it, UTC')
        .argParser(dayOrMoment)
        .conflicts('asset'),
    )
    .addHelpText('after', RULES)
    .addHelpText(
      'after',
      examples([
        ['What to do first, over the fleet', 'patchsteward finding list'],
        ['What was found on that day, by what was known then', 'patchsteward finding list --at 2026-05-01'],
        ['One asset, and why', 'patchsteward finding list --asset web-1'],
        ['One asset, for a program', 'patchsteward finding list --asset web-1 --json'],
      ]),
    )
    .action(
      perform<FindingListOptions>(context, async (call) => {
        const { asset, at, ...options } = call.options;
        if (asset !== undefined) return (await import('./finding-asset.ts')).listAssetFindings(asset, options, context);
        return (await import('./finding-fleet.ts')).listFleetFindings(
          { ...options, ...(at === undefined ? {} : { at }) },
          context,
        );
      }),
    );
}
