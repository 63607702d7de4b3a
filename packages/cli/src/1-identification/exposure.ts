import type { Command } from 'commander';
import type { Context } from '../platform/context.ts';
import { perform } from '../platform/perform.ts';
import { examples } from '../platform/program.ts';
import { type ServerOptions, withServerOptions } from '../platform/server-options.ts';

const RULES = `
Answers release by release, with the assets that are affected, those that matter most first, and with what each vendor
claims. The id of an advisory asks for every vulnerability that it names, in the packages that it names.

Exit code 3: assets are affected. 0: every asset was judged, and none is affected. 1: it failed, or not every asset could be
judged: no feed is loaded, none speaks of this vulnerability or of a release, or an asset has not reported.`;

/** `patchsteward exposure CVE-…`: am I affected by this? // SOP P1.1, checklist c25 */
export function registerExposure(program: Command, context: Context): void {
  withServerOptions(
    program
      .command('exposure')
      .description('say whether and where the fleet is affected by a vulnerability')
      .argument('<vulnerability>', 'its id, as CVE-2024-3094, or that of an advisory, as DSA-5649-1'),
  )
    .addHelpText('after', RULES)
    .addHelpText(
      'after',
      examples([
        ['Which assets, why, and what fixes it', 'patchsteward exposure CVE-2024-3094'],
        ['What an advisory is about', 'patchsteward exposure DSA-5649-1'],
      ]),
    )
    .action(
      perform<ServerOptions>(context, async (call) => (await import('./exposure-show.ts')).showExposure(call, context)),
    );
}
