import type { Command } from 'commander';
import type { Context } from '../platform/context.ts';
import { perform } from '../platform/perform.ts';
import { examples } from '../platform/program.ts';
import { type ServerOptions, withServerOptions } from '../platform/server-options.ts';

export interface AssetRemoveOptions extends ServerOptions {
  readonly why: string;
  readonly yes?: true;
}

export interface AssetMergeOptions extends AssetRemoveOptions {
  readonly into: string;
}

const WHAT_STAYS = `
The record, ended campaigns and backups keep a removed asset for ever; its keys are refused, and no list counts it. One that
is in an open campaign is not removed. "patchsteward asset restore" takes a removal or a merge back.`;

/** What is in the inventory twice, or no more. // SOP P1.2, checklist c1 */
export function registerAssetRemoval(asset: Command, context: Context): void {
  withServerOptions(asset.command('doubles').description('list assets that may be one machine')).action(
    perform<ServerOptions>(context, async (call) => (await import('./asset-doubles.ts')).listDoubles(call, context)),
  );
  withServerOptions(
    asset
      .command('merge')
      .description('say that two assets are one machine; the first goes into the second')
      .argument('<asset>', 'its id or name')
      .requiredOption('--into <asset>', 'the one that stays: the one whose host reports')
      .requiredOption('--why <why>', 'for the record')
      .option('--yes', 'merge without asking'),
  )
    .addHelpText(
      'after',
      examples([
        [
          'A host that was enrolled anew',
          'patchsteward asset merge 0199a8c4-2f6e-7d10-8a55-3c1b9e02f7aa --into web-1 --why "new disk"',
        ],
      ]),
    )
    .addHelpText('after', WHAT_STAYS)
    .action(
      perform<AssetMergeOptions>(context, async (call) =>
        (await import('./asset-remove-run.ts')).mergeAsset(call, context),
      ),
    );
  withServerOptions(
    asset
      .command('remove')
      .description('take an asset out of the inventory')
      .argument('<asset>', 'its id or name')
      .requiredOption('--why <why>', 'for the record')
      .option('--yes', 'remove without asking'),
  )
    .addHelpText('after', WHAT_STAYS)
    .action(
      perform<AssetRemoveOptions>(context, async (call) =>
        (await import('./asset-remove-run.ts')).removeAsset(call, context),
      ),
    );
  withServerOptions(asset.command('removed').description('list assets that were taken out of the inventory')).action(
    perform<ServerOptions>(context, async (call) => (await import('./asset-doubles.ts')).listRemoved(call, context)),
  );
  withServerOptions(
    asset.command('restore').description('bring a removed asset back').argument('<id>', 'see "asset removed"'),
  ).action(
    perform<ServerOptions>(context, async (call) =>
      (await import('./asset-remove-run.ts')).restoreAsset(call, context),
    ),
  );
}
