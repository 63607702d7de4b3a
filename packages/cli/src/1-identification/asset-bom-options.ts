import { type Command, Option } from 'commander';
import type { Context } from '../platform/context.ts';
import { perform } from '../platform/perform.ts';
import { examples } from '../platform/program.ts';
import { type ServerOptions, withServerOptions } from '../platform/server-options.ts';

export interface AssetBomOptions extends ServerOptions {
  readonly name?: string;
  readonly digest?: string;
  readonly end?: true;
}

const WHAT = `
CycloneDX (JSON or XML), SPDX 2 (JSON or tags) and SPDX 3 (JSON) are read. A bill of the same name takes the place of the
former, which stays as history; several names (images of one host) stand beside each other. Without a file the bills of the
asset are listed. A host with an agent takes none: import the application as an asset of its own.`;

/** `patchsteward asset bom`: what an asset without an agent is made of. // SOP P1.2 */
export function registerAssetBom(asset: Command, context: Context): void {
  withServerOptions(
    asset
      .command('bom')
      .description('give an asset without an agent a bill of materials, or list its bills')
      .argument('<asset>', 'its id or name')
      .argument('[file]', 'CycloneDX (JSON, XML) or SPDX (JSON, tags)')
      .option('--name <name>', 'what it is of (default: the name of the asset)')
      .option('--digest <digest>', 'of the container image, as in sha256:...')
      .addOption(new Option('--end', 'the bill of this name holds no more')),
  )
    .addHelpText('after', WHAT)
    .addHelpText(
      'after',
      examples([
        ['A Java application', 'patchsteward asset bom shop shop.cdx.json'],
        [
          'One of the images of a node',
          'patchsteward asset bom node-1 nginx.spdx.json --name nginx --digest sha256:3f...',
        ],
      ]),
    )
    .action(
      perform<AssetBomOptions>(context, async (call) => (await import('./asset-bom.ts')).assetBom(call, context)),
    );
}
