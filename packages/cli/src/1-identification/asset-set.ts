import type { Asset, AssetChange, AssetsSet } from '@patchsteward/contract';
import { ApiError, type Client } from '@patchsteward/contract/client';
import type { Context } from '../platform/context.ts';
import { EXIT, type ExitCode } from '../platform/exit-code.ts';
import { Failure } from '../platform/failure.ts';
import type { Invocation } from '../platform/perform.ts';
import { withServer } from '../platform/server-client.ts';
import { plainText } from '../platform/text.ts';
import type { AssetSetOptions } from './asset.ts';
import { assetNamed } from './asset-named.ts';

type Wished = Omit<AssetChange, 'version'>;
type Fields = Pick<Asset, keyof Wished>;

export async function setAsset(
  { options, operands }: Invocation<AssetSetOptions>,
  context: Context,
): Promise<ExitCode> {
  const wished = wishedBy(options);
  if (Object.keys(wished).length === 0) {
    throw new Failure('nothing to change is named', 'see what can be set with "patchsteward asset set --help"', {
      exitCode: EXIT.usage,
    });
  }
  const many = options.where !== undefined || operands.length > 1;
  if (many)
    return (await import('./asset-set-many.ts')).setAssets(
      { options, operands },
      forMany(wished, options, operands),
      context,
    );
  if (operands.length === 0)
    throw usage('no asset is named', 'name one, several, or all of a kind with --where NAME=VALUE');
  const { before, after } = await withServer(options, context, async (client) => {
    const before = await assetNamed(client, operands[0] ?? '');
    return { before, after: await change(client, before.id, { version: before.version, ...wished }) };
  });
  if (options.json === true) await context.output.json(after);
  else await context.output.write(changedText(before, after, (text) => context.output.styled('bold', text)));
  return EXIT.done;
}

/** A name and a kind are each asset's own. */
function forMany({ name, kind, ...set }: Wished, { where }: AssetSetOptions, operands: readonly string[]): AssetsSet {
  if (name !== undefined || kind !== undefined) {
    throw usage('--name and --kind are set on one asset alone', 'name one asset');
  }
  if (where !== undefined && operands.length > 0)
    throw usage('names and --where do not go together', 'give one of them');
  return set;
}

function usage(problem: string, advice: string): Failure {
  return new Failure(problem, advice, { exitCode: EXIT.usage });
}

async function change(client: Client, id: string, body: AssetChange): Promise<Asset> {
  try {
    return await client('asset.change', { params: { id }, body });
  } catch (error) {
    if (!(error instanceof ApiError) || error.code !== 'conflict') throw error;
    throw new Failure(
      'somebody else changed this asset at the same moment, so nothing was changed here',
      `look at it with "patchsteward asset show ${id}" and set it again`,
      { cause: error },
    );
  }
}

/** An option that is absent leaves its field as it is; `--no-owner` and its like empty it. */
export function wishedBy({
  name,
  kind,
  criticality,
  exposure,
  environment,
  owner,
  role,
  tag,
  ...groups
}: AssetSetOptions): Wished {
  return {
    ...(name === undefined ? {} : { name: withText('--name', name) }),
    ...(kind === undefined ? {} : { kind }),
    ...(criticality === undefined ? {} : { criticality }),
    ...(exposure === undefined ? {} : { exposure }),
    ...(environment === undefined ? {} : { environment }),
    ...(owner === undefined ? {} : { owner: owner === false ? null : withText('--owner', owner) }),
    ...(role === undefined ? {} : { role: role === false ? null : withText('--role', role) }),
    ...(tag === undefined ? {} : { tags: tag === false ? [] : tag.map((one) => withText('--tag', one)) }),
    ...groupsBy(groups),
  };
}

function groupsBy({
  maintenanceGroup,
  redundancyGroup,
  ring,
}: Pick<AssetSetOptions, 'maintenanceGroup' | 'redundancyGroup' | 'ring'>): Wished {
  const windows = maintenanceGroup === false ? null : maintenanceGroup;
  const together = redundancyGroup === false ? [] : redundancyGroup;
  return {
    ...(windows === undefined
      ? {}
      : { maintenanceGroup: windows === null ? null : withText('--maintenance-group', windows) }),
    ...(together === undefined ? {} : { redundancyGroups: together.map((one) => withText('--redundancy-group', one)) }),
    ...(ring === undefined ? {} : { ring }),
  };
}

/** A script whose variable is empty must not take an owner away. */
function withText(flag: string, value: string): string {
  const text = value.trim();
  if (text !== '') return text;
  const advice = flag === '--name' ? 'give a name' : `give a text, or --no-${flag.slice(2)} to take it away`;
  throw new Failure(`${flag} is empty`, advice, { exitCode: EXIT.usage });
}

function changedText(before: Fields, after: Asset, bold: (text: string) => string): string {
  const old = shownFields(before);
  const changes = Object.entries(shownFields(after)).filter(([field, value]) => old[field] !== value);
  const lines = [
    `${bold(plainText(after.name))}  ${after.id}`,
    ...changes.map(([field, value]) => `  ${field.padEnd(13)} ${plainText(`${old[field]} -> ${value}`)}`),
  ];
  if (changes.length === 0) lines.push('  It is like that already; nothing was changed.');
  return lines.map((line) => `${line}\n`).join('');
}

function shownFields(fields: Fields): Record<string, string> {
  const { name, kind, criticality, exposure, environment } = fields;
  return {
    name,
    kind,
    criticality,
    exposure,
    environment,
    owner: fields.owner ?? '-',
    role: fields.role ?? '-',
    tags: listText(fields.tags),
    maintenance: fields.maintenanceGroup ?? '-',
    redundancy: listText(fields.redundancyGroups),
    'test ring': fields.ring ? 'yes' : 'no',
  };
}

function listText(items: readonly string[]): string {
  return items.length === 0 ? '-' : items.join(', ');
}
