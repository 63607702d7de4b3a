import type { Command } from 'commander';
import type { Context } from '../platform/context.ts';
import { perform } from '../platform/perform.ts';
import { examples } from '../platform/program.ts';
import { type ServerOptions, withServerOptions } from '../platform/server-options.ts';

export interface AssetImportOptions extends ServerOptions {
  readonly source: string;
  readonly dryRun?: true;
  readonly yes?: true;
}

const COLUMNS = `
The first line names the columns, in any order: name, external id, kind (server, workstation, network-appliance, application),
vendor, product, version, build, criticality, exposure, environment, owner, role, tags. Columns that nobody knows are named and
left out. An empty cell says nothing. JSON is a list of objects: name, externalId, kind, vendor, product, version, build, ...

An entry is known again by its external id, or by its name. What an agent says of its own host stays; what a person set
since the last import stays, and is told. docs/guides/inventory.md has the whole story.`;

/** `patchsteward asset import`: what no agent speaks for. // SOP P1.2, checklist c1 */
export function registerAssetImport(asset: Command, context: Context): void {
  withServerOptions(
    asset
      .command('import')
      .description('add and change assets that have no agent, from a list')
      .argument('<file>', 'CSV or JSON')
      .option('--source <name>', 'what the list is called; the same list is known again by this', 'inventory')
      .option('--dry-run', 'say what would change, and change nothing')
      .option('--yes', 'import without asking'),
  )
    .addHelpText('after', COLUMNS)
    .addHelpText(
      'after',
      examples([
        ['What would it do', 'patchsteward asset import appliances.csv --dry-run'],
        ['The list of the network team, every month', 'patchsteward asset import net.csv --source network --yes'],
      ]),
    )
    .action(
      perform<AssetImportOptions>(context, async (call) =>
        (await import('./asset-import.ts')).importAssets(call, context),
      ),
    );
  withServerOptions(asset.command('imports').description('list the imports of lists, the last first')).action(
    perform<ServerOptions>(context, async (call) => (await import('./asset-imports.ts')).listImports(call, context)),
  );
  withServerOptions(
    asset
      .command('undo-import')
      .description('take the last import of a list back')
      .argument('<id>', 'see "asset imports"')
      .option('--yes', 'without asking'),
  ).action(
    perform<AssetUndoOptions>(context, async (call) => (await import('./asset-imports.ts')).undoImport(call, context)),
  );
}

export interface AssetUndoOptions extends ServerOptions {
  readonly yes?: true;
}
