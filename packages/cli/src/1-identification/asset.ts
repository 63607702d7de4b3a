import type { Asset, AssetSort } from '@patchsteward/contract';
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
import { registerAssetBom } from './asset-bom-options.ts';
import { registerAssetImport } from './asset-import-options.ts';
import { registerAssetRemoval } from './asset-removal.ts';

export interface AssetListOptions extends ListOptions {
  readonly where?: readonly string[];
  readonly sort?: AssetSort;
  readonly support?: string;
}

export interface AssetSetOptions extends ServerOptions {
  readonly where?: readonly string[];
  readonly yes?: true;
  readonly name?: string;
  readonly kind?: Asset['kind'];
  readonly criticality?: Asset['criticality'];
  readonly exposure?: Asset['exposure'];
  readonly environment?: Asset['environment'];
  /** false: --no-owner. */
  readonly owner?: string | false;
  readonly role?: string | false;
  readonly tag?: readonly string[] | false;
  readonly maintenanceGroup?: string | false;
  readonly redundancyGroup?: readonly string[] | false;
  readonly ring?: boolean;
}

// Records and not lists: the compiler then misses a word that the contract has and we do not.
const KINDS: Record<Asset['kind'], true> = {
  server: true,
  workstation: true,
  'network-appliance': true,
  application: true,
};
const CRITICALITIES: Record<Asset['criticality'], true> = { low: true, normal: true, high: true, critical: true };
const EXPOSURES: Record<Asset['exposure'], true> = { public: true, internal: true, isolated: true, unknown: true };
const ENVIRONMENTS: Record<Asset['environment'], true> = { production: true, 'non-production': true, unknown: true };

const SORTS: Record<AssetSort, true> = { name: true, urgent: true, seen: true, findings: true };

const WHERE = `
--where takes release (debian:12), support (supported, ending, ended, extended, unknown), criticality, exposure, environment, origin (agent, import, api), ring, owner, maintenance-group,
redundancy-group, tag, without (owner, role, maintenance-group, redundancy-group, tag), stale, reboot, exploited, lane and judged. Several values
have commas between them; ring, stale, reboot and exploited are yes or no, judged is yes, partly or no.`;

const NAMES = `
An asset is named by its id, its name, or the first label of its name (web-1 for web-1.example.org).`;

const SET_RULES = `${NAMES}

Criticality and exposure decide how urgent its findings are. Until somebody says otherwise the exposure is "unknown", which
is treated as public. Whoever changes the same asset at the same moment is not overwritten: the command then fails.`;

/** `patchsteward asset …`: the inventory. // SOP P1.2, checklist c1 c2 */
export function registerAsset(program: Command, context: Context): void {
  const asset = program.command('asset').description('the inventory: what there is, and what people say of it');
  withListOptions(
    asset.command('list').description('list assets, with their findings, updates and next due time'),
    'name, owner, role, tags and release',
    'the first 100',
  )
    .option(
      '--where <name=value>',
      'only those of which this holds, as in criticality=high,critical; may be repeated',
      one,
    )
    .option(
      '--support <state>',
      'only those whose platform or product is supported, ending, ended, extended (for subscribers) or unknown; as --where support=',
    )
    .addOption(new Option('--sort <order>', 'the order').choices(Object.keys(SORTS)))
    .addHelpText('after', WHERE)
    .addHelpText('after', examples([['What gets no fixes any more', 'patchsteward asset list --support ended']]))
    .action(
      perform<AssetListOptions>(context, async (call) => (await import('./asset-list.ts')).listAssets(call, context)),
    );
  withServerOptions(asset.command('show').description('show one asset').argument('<asset>', 'its id or name'))
    .addHelpText('after', NAMES)
    .action(
      perform<ServerOptions>(context, async (call) => (await import('./asset-show.ts')).presentAsset(call, context)),
    );
  withListOptions(
    asset.command('packages').description('list what is installed on an asset').argument('<asset>', 'its id or name'),
    'package and source',
    'all',
  )
    .addHelpText('after', NAMES)
    .action(
      perform<ListOptions>(context, async (call) => (await import('./asset-packages.ts')).listPackages(call, context)),
    );
  registerSet(asset, context);
  registerAssetImport(asset, context);
  registerAssetBom(asset, context);
  registerAssetRemoval(asset, context);
}

function one(item: string, items: readonly string[] | undefined): readonly string[] {
  return [...(items ?? []), item];
}

/** Each time that the option is given, one more. */
function collected(item: string, items: readonly string[] | false | undefined): readonly string[] {
  return [...(items || []), item];
}

function registerSet(asset: Command, context: Context): void {
  withFieldOptions(
    withServerOptions(
      asset.command('set').description('say what an asset is, or many are').argument('[asset...]', 'ids or names'),
    )
      .option('--where <name=value>', 'all of which this holds, in place of names; may be repeated', one)
      .option('--yes', 'change many without asking')
      .option('--name <name>', 'what people call it')
      .addOption(new Option('--kind <kind>', 'what it is').choices(Object.keys(KINDS))),
  )
    .addHelpText('after', SET_RULES)
    .addHelpText('after', WHERE)
    .addHelpText(
      'after',
      examples([
        [
          'All hosts of one group, after a look',
          'patchsteward asset set --where maintenance-group=sunday --owner "Team Web"',
        ],
        ['A shop that everybody can reach', 'patchsteward asset set web-1 --exposure public --criticality high'],
        [
          'Who answers for it, and what it belongs to',
          'patchsteward asset set web-1 --owner "Team Web" --tag shop --tag pci',
        ],
        [
          'When it may go down, and which other must then be up',
          'patchsteward asset set web-1 --maintenance-group sunday --redundancy-group shop-web',
        ],
      ]),
    )
    .action(
      perform<AssetSetOptions>(context, async (call) => (await import('./asset-set.ts')).setAsset(call, context)),
    );
}

/** What may be said of one asset, of many, and by a rule. */
export function withFieldOptions(command: Command): Command {
  return command
    .addOption(new Option('--criticality <level>', 'what its loss costs').choices(Object.keys(CRITICALITIES)))
    .addOption(new Option('--exposure <who>', 'who can reach it').choices(Object.keys(EXPOSURES)))
    .addOption(new Option('--environment <what>', 'what it serves').choices(Object.keys(ENVIRONMENTS)))
    .option('--owner <who>', 'who answers for it')
    .option('--no-owner', 'nobody answers for it')
    .option('--role <role>', 'what it does')
    .option('--no-role', 'take its role away')
    .option('--tag <tag>', 'a tag; give all that it shall have, they replace those it has', collected)
    .option('--no-tag', 'take its tags away')
    .option('--maintenance-group <group>', 'whose windows it has (see "patchsteward group --help")')
    .option('--no-maintenance-group', 'it has no windows, and nothing is done to it')
    .option(
      '--redundancy-group <group>',
      'no two of this group are down together; give all that it shall be in',
      collected,
    )
    .option('--no-redundancy-group', 'it may be down together with any other')
    .option('--ring', 'it is of the test ring: patched before the others, and judged')
    .option('--no-ring', 'it is not of the test ring');
}
