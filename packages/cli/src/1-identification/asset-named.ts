import type { Asset, AssetSummary } from '@patchsteward/contract';
import type { Client } from '@patchsteward/contract/client';
import { EXIT } from '../platform/exit-code.ts';
import { Failure } from '../platform/failure.ts';
import { itemsMaxOf, readPages } from '../platform/pages.ts';
import { LISTED_MAX } from '../platform/words.ts';

const ID = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

export function isAssetId(text: string): boolean {
  return ID.test(text);
}

/**
 * The asset that a person named: by its id, its name, or the first label of its name where no other asset has that.
 * Nothing looser: what is changed by mistake is the wrong machine.
 */
export async function assetNamed(client: Client, named: string): Promise<AssetSummary> {
  if (isAssetId(named)) return showAsset(client, named.toLowerCase());
  const { items } = await readPages(
    (query) => client('asset.list', { query: { ...query, search: named } }),
    itemsMaxOf({ all: true }),
    () => {},
  );
  const wanted = named.toLowerCase();
  const called = items.filter(({ name }) => name.toLowerCase() === wanted);
  const alike = called.length > 0 ? called : items.filter(({ name }) => name.toLowerCase().startsWith(`${wanted}.`));
  const [only, another] = alike;
  if (only !== undefined && another === undefined) return only;
  throw only === undefined ? notFound(named, items) : ambiguous(named, alike);
}

export async function showAsset(client: Client, id: string): Promise<Asset> {
  return client('asset.show', { params: { id } });
}

/** The search also looks in owners and tags; only names help here. */
function notFound(named: string, found: readonly AssetSummary[]): Failure {
  const names = found.map(({ name }) => name).filter((name) => name.toLowerCase().includes(named.toLowerCase()));
  const advice = 'see which there are with "patchsteward asset list"';
  const candidates = `did you mean ${names.slice(0, LISTED_MAX).join(', ')}? If not, ${advice}`;
  return new Failure(`there is no asset ${named}`, names.length === 0 ? advice : candidates);
}

function ambiguous(named: string, alike: readonly AssetSummary[]): Failure {
  const candidates = alike.slice(0, LISTED_MAX).map(({ id, name }) => `${id} (${name})`);
  return new Failure(`${alike.length} assets are called ${named}`, `name one by its id: ${candidates.join(', ')}`, {
    exitCode: EXIT.usage,
  });
}
