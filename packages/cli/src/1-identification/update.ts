import type { Command } from 'commander';
import type { Context } from '../platform/context.ts';
import { perform } from '../platform/perform.ts';
import { examples } from '../platform/program.ts';
import { type ListOptions, withListOptions } from '../platform/server-options.ts';

interface UpdateListOptions extends ListOptions {
  readonly asset?: string;
}

const RULES = `
Security updates come first. An update that fixes no known vulnerability is an update still, and has a due time. An asset is
named by its id, its name, or the first label of its name.

Exit code 1: it failed, or the asset did not say what it is offered; then the list may say less than there is.`;

/** `patchsteward update …`: what the configured origins offer. // SOP P1.1 P2.2 S2 */
export function registerUpdate(program: Command, context: Context): void {
  const update = program.command('update').description('what the origins of the assets offer');
  withListOptions(
    update.command('list').description('list offered updates over the fleet, or of one asset'),
    'source, package, version and vulnerability',
    'the first 100 over the fleet, all of one asset',
  )
    .option('--asset <asset>', 'of this asset alone: its id or name')
    .addHelpText('after', RULES)
    .addHelpText(
      'after',
      examples([
        ['Which updates end most', 'patchsteward update list'],
        ['What one asset is offered', 'patchsteward update list --asset web-1'],
      ]),
    )
    .action(
      perform<UpdateListOptions>(context, async (call) => {
        const { asset, ...options } = call.options;
        const { listAssetUpdates, listFleetUpdates } = await import('./update-list.ts');
        return asset === undefined ? listFleetUpdates(options, context) : listAssetUpdates(asset, options, context);
      }),
    );
}
