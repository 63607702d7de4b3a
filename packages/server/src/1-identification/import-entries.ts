import { type AssetImport, IMPORT_LINES_MAX, ListedAsset } from '@patchsteward/contract';
import { type ListColumn, type ListField, readAssetList } from '@patchsteward/standards/asset-list';
import { detailsOf } from '../platform/http/bind.ts';
import { Refusal } from '../platform/http/refusal.ts';

/** What a list says of one asset. */
export interface ListEntry {
  readonly line: number;
  /** By which the list knows it. */
  readonly entry: string;
  readonly asset: ListedAsset;
}

/** A line that says nothing that could be used. */
interface UnusableLine {
  readonly line: number;
  readonly name: string;
  readonly problems: readonly string[];
}

export interface ListEntries {
  readonly columns: readonly ListColumn[];
  readonly entries: readonly ListEntry[];
  readonly unusable: readonly UnusableLine[];
}

/** A list as it came. Throws where it cannot be used as a whole. */
export function entriesOf(list: AssetImport['list']): ListEntries {
  if (list.form === 'items') {
    const entries = list.items.map((asset, index) => entryOf(index + 1, asset));
    return { columns: [], entries, unusable: [] };
  }
  const read = readAssetList(list.text, IMPORT_LINES_MAX);
  if (typeof read === 'string') {
    throw new Refusal('bad-request', `The list cannot be used: ${read}.`, {
      details: [{ path: 'body.list.text', problem: read }],
    });
  }
  const entries: ListEntry[] = [];
  const unusable: UnusableLine[] = read.problems.map(({ line, problem }) => ({ line, name: '', problems: [problem] }));
  for (const { line, cells } of read.lines) {
    const parsed = ListedAsset.safeParse(saidBy(cells));
    if (parsed.success) entries.push(entryOf(line, parsed.data));
    else {
      const problems = detailsOf('', parsed.error).map(({ path, problem }) => `${path.replace(/^\./, '')}: ${problem}`);
      unusable.push({ line, name: cells.name ?? '', problems });
    }
  }
  return { columns: read.columns, entries, unusable };
}

function entryOf(line: number, asset: ListedAsset): ListEntry {
  // No id of a list is taken for a name: a name stands behind its word.
  const entry = asset.externalId === undefined ? `name ${asset.name.toLowerCase()}` : `id ${asset.externalId}`;
  return { line, entry, asset };
}

function saidBy({ tags, kind, criticality, exposure, environment, ...texts }: Cells) {
  return {
    ...texts,
    ...word('kind', kind),
    ...word('criticality', criticality),
    ...word('exposure', exposure),
    ...word('environment', environment),
    ...(tags === undefined ? {} : { tags: tags.split(/[;,]/).flatMap((tag) => tag.trim() || []) }),
  };
}
type Cells = Readonly<Partial<Record<ListField, string>>>;

/** Words of other inventories for ours; only those that can mean one thing. */
const MEANT: Readonly<Record<string, string>> = {
  appliance: 'network-appliance',
  network: 'network-appliance',
  app: 'application',
  laptop: 'workstation',
  desktop: 'workstation',
  client: 'workstation',
  medium: 'normal',
  internet: 'public',
  external: 'public',
  prod: 'production',
  nonproduction: 'non-production',
};

/** `Network Appliance` is `network-appliance`. */
function word(field: 'kind' | 'criticality' | 'exposure' | 'environment', cell: string | undefined) {
  if (cell === undefined) return {};
  const said = cell.toLowerCase().replaceAll(/[\s_]+/g, '-');
  return { [field]: MEANT[said] ?? said };
}
